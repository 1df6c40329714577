import DispatchTransport
import HTTPCodec
import Testing

@testable import ArenaServer

@Suite("Files: forms, conditions and parts")
struct FileReplyTests {
  private static let text = Array(String(repeating: "0123456789", count: 50).utf8)

  private static let file = StaticFiles.File(
    contentType: "text/plain", plain: .init(body: text, entityTag: "\"t\""),
    gzip: .init(body: [1, 2, 3, 4], entityTag: "\"t-gz\""))

  private func reply(
    _ fields: [(String, String)], _ file: StaticFiles.File = file, method: HTTPMethod = .get
  ) -> HTTPReply {
    let request = SimulatedRequest.plain(method, fields: fields.map { HTTPField($0.0, $0.1) })
    return FileReply(file, request, securityFields: []).reply
  }

  private func field(_ reply: HTTPReply, _ name: String) -> String? {
    reply.fields.first { $0.name == name }?.value
  }

  @Test("The form that the client likes is sent, with a tag of its own")
  func forms() {
    let plain = reply([])
    #expect(plain.body == Self.text)
    #expect(field(plain, "Content-Encoding") == nil)
    #expect(field(plain, "ETag") == "\"t\"")
    let gzip = reply([("Accept-Encoding", "gzip, br")])
    #expect(gzip.body == [1, 2, 3, 4])
    #expect(field(gzip, "Content-Encoding") == "gzip")
    #expect(field(gzip, "ETag") == "\"t-gz\"")
    for reply in [plain, gzip] {
      #expect(field(reply, "Vary") == "Accept-Encoding")
      #expect(field(reply, "Content-Type") == "text/plain")
      #expect(field(reply, "Accept-Ranges") == "bytes")
    }
  }

  @Test("Who excludes the file as it is gets it compressed, or 406 where there is no such form")
  func excluded() {
    #expect(reply([("Accept-Encoding", "identity;q=0, gzip;q=0.1")]).body == [1, 2, 3, 4])
    #expect(reply([("Accept-Encoding", "identity;q=0")]).status == .notAcceptable)
    let plainOnly = StaticFiles.File(
      contentType: "image/png", plain: .init(body: [9], entityTag: "\"p\""), gzip: nil)
    #expect(reply([("Accept-Encoding", "gzip")], plainOnly).body == [9])
    #expect(reply([("Accept-Encoding", "gzip, *;q=0")], plainOnly).status == .notAcceptable)
  }

  @Test(
    "A client that has this very form is told so",
    arguments: ["\"t\"", "W/\"t\"", "\"a\", \"t\"", "*", "W/\"a\" ,W/\"t\""])
  func notModified(_ tags: String) {
    let reply = reply([("If-None-Match", tags)])
    #expect(reply.status == .notModified)
    #expect(reply.body.isEmpty)
    #expect(field(reply, "ETag") == "\"t\"")
    #expect(field(reply, "Vary") == "Accept-Encoding")
    #expect(field(reply, "Content-Type") == nil)
  }

  @Test("A tag of the other form, or of another version, is no match")
  func modified() {
    #expect(reply([("If-None-Match", "\"t-gz\"")]).status == .ok)
    #expect(reply([("If-None-Match", "\"t\""), ("Accept-Encoding", "gzip")]).status == .ok)
    #expect(reply([("If-None-Match", "t")]).status == .ok)
    #expect(reply([("If-Match", "\"a\"")]).status == .preconditionFailed)
    #expect(reply([("If-Match", "W/\"t\"")]).status == .preconditionFailed)
    #expect(reply([("If-Match", "\"a\", \"t\"")]).status == .ok)
  }

  @Test("A part comes with its place; what is not there with 416")
  func parts() {
    let part = reply([("Range", "bytes=10-14")])
    #expect(part.status == .partialContent)
    #expect(part.body == Array("01234".utf8))
    #expect(field(part, "Content-Range") == "bytes 10-14/500")
    let last = reply([("Range", "bytes=-2")])
    #expect(field(last, "Content-Range") == "bytes 498-499/500")
    let compressed = reply([("Range", "bytes=1-"), ("Accept-Encoding", "gzip")])
    #expect(compressed.body == [2, 3, 4])
    #expect(field(compressed, "Content-Encoding") == "gzip")
    let beyond = reply([("Range", "bytes=500-")])
    #expect(beyond.status == .rangeNotSatisfiable)
    #expect(field(beyond, "Content-Range") == "bytes */500")
    #expect(beyond.body.isEmpty)
  }

  @Test("Several parts, a part of HEAD, or one of another version are the whole")
  func wholes() {
    #expect(reply([("Range", "bytes=0-1,4-5")]).body == Self.text)
    #expect(reply([("Range", "bytes=0-1"), ("Range", "bytes=0-1")]).body == Self.text)
    #expect(reply([("Range", "bytes=0-1")], method: .head).status == .ok)
    let range = ("Range", "bytes=0-1")
    #expect(reply([range, ("If-Range", "\"t\"")]).status == .partialContent)
    #expect(reply([range, ("If-Range", "W/\"t\"")]).status == .ok)
    #expect(reply([range, ("If-Range", "\"t-gz\"")]).status == .ok)
    #expect(reply([range, ("If-Range", "Sun, 06 Nov 1994 08:49:37 GMT")]).status == .ok)
  }
}
