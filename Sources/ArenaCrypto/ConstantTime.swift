/// Compares secrets in a time that does not tell where they differ.
///
/// The length is not secret: sequences of unequal lengths are unequal at once.
///
/// - Complexity: O(*n*), whatever the bytes are.
public func constantTimeEquals(_ left: [UInt8], _ right: [UInt8]) -> Bool {
  guard left.count == right.count else { return false }
  var difference: UInt8 = 0
  for index in left.indices { difference |= left[index] ^ right[index] }
  return difference == 0
}
