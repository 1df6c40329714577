import Glibc

/// The target that the environment names; libFuzzer gives us nothing else to choose by.
private let target: any FuzzTarget.Type = {
  let name = getenv("FUZZ_TARGET").map { String(cString: $0) } ?? ""
  guard let target = FuzzTargets.named(name) else {
    print("FUZZ_TARGET is none of \(FuzzTargets.all.map { $0.name })")
    exit(1)
  }
  return target
}()

/// What libFuzzer calls with each input.
@_cdecl("LLVMFuzzerTestOneInput")
public func fuzzOneInput(_ bytes: UnsafePointer<UInt8>?, _ byteCount: Int) -> CInt {
  var input = FuzzInput(Array(UnsafeBufferPointer(start: bytes, count: byteCount)))
  do {
    try target.run(&input)
  } catch {
    print("\(target.name): \(error)")
    fflush(nil)
    abort()
  }
  return 0
}
