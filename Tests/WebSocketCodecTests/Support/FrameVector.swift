import FoundationEssentials
import Testing
import WebSocketCodec

/// One entry of `protocol/vectors/frames.json`; the file's description tells how to run it.
struct FrameVector: Decodable, Sendable, CustomTestStringConvertible {
  struct Limits: Decodable {
    var messageByteCountMax: Int
    var fragmentCountMax: Int
  }

  struct Event: Decodable {
    var type: String
    var payload: String?
    var code: UInt16?
    var reason: String?
  }

  struct Violation: Decodable {
    var name: String
    var closeCode: UInt16
  }

  struct File: Decodable {
    var description: String
    var vectors: [FrameVector]
  }

  struct Malformed: Error { var name: String }

  var name: String
  var description: String
  var endpoint: String
  var limits: Limits?
  /// `"none"` or `"context"` where permessage-deflate is agreed, without or with context.
  var deflate: String?
  var bytes: String
  var events: [Event]
  var violation: Violation?
  var incomplete: Bool?

  var testDescription: String { name }

  static func all() throws -> [FrameVector] {
    let root = #filePath.split(separator: "/", omittingEmptySubsequences: false).dropLast(4)
    let path = root.joined(separator: "/") + "/protocol/vectors/frames.json"
    let data = try Data(contentsOf: URL(filePath: path))
    return try JSONDecoder().decode(File.self, from: data).vectors
  }

  func input() throws -> (bytes: [UInt8], endpoint: Endpoint, limits: WebSocketLimits) {
    guard let bytes = WebSocketCodecTests.bytes(hex: bytes),
      let endpoint: Endpoint = ["server": .server, "client": .client][endpoint]
    else { throw Malformed(name: name) }
    let limits = limits.map {
      WebSocketLimits(
        messageByteCountMax: $0.messageByteCountMax, fragmentCountMax: $0.fragmentCountMax)
    }
    return (bytes, endpoint, limits ?? WebSocketLimits())
  }

  /// What undoes permessage-deflate where it is agreed; a new one for each feed.
  func inflater() throws -> Inflater? {
    guard let deflate else { return nil }
    guard let keepsContext = ["none": false, "context": true][deflate],
      let inflater = Inflater(keepsContext: keepsContext)
    else { throw Malformed(name: name) }
    return inflater
  }

  func expected() throws -> [OwnedEvent] {
    var all: [OwnedEvent] = try events.map { event in
      let payload = WebSocketCodecTests.bytes(hex: event.payload ?? event.reason ?? "")
      guard let payload else { throw Malformed(name: name) }
      switch event.type {
      case "text": return .text(payload)
      case "binary": return .binary(payload)
      case "ping": return .ping(payload)
      case "pong": return .pong(payload)
      case "close": return .close(event.code ?? 0, reason: payload)
      default: throw Malformed(name: name)
      }
    }
    if let violation {
      guard let known = ProtocolViolation(rawValue: violation.name) else {
        throw Malformed(name: name)
      }
      all.append(.violation(known))
    }
    return all
  }
}
