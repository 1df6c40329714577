import ArenaCrypto
import ArenaTypes
import FoundationEssentials

/// The campaign's file format, version 1.
///
/// ```
/// offset  bytes  what
///      0      8  "NARENA", 0, 'C'
///      8      4  format version, little-endian (as all numbers)
///     12     32  SHA-256 of everything from offset 44 on: the campaign's content hash
///     44      4  number of sections
///     48     12  for each section: id, length, length when compressed (4 bytes each)
///             …  the sections, in that order, each a zlib stream
/// ```
///
/// Counts inside sections are LEB128. The sections, all required:
///
/// 1. `info`: JSON of `CampaignInfo`.
/// 2. `tokens`: the vocabulary in use: (token id, text) each.
/// 3. `texts`: the distinct texts: source title index, token indices; an excerpt names its text.
/// 4. `units`: each unit's facts and its pools: (kind, text, half, scale, one byte a token).
/// 5. `windows`: each unit's embedded windows, one byte a component, and its mean window.
/// 6. `words`: JSON of explanations, scores and verdicts.
/// 7. `baseline`: the scorer's baseline, one 32-bit float a token and template.
enum CampaignFile {
  static let magic: [UInt8] = Array("NARENA\0C".utf8)
  static let version = 1
  /// The name of the file where a folder is given.
  static let name = "campaign.narena"
  /// The largest file that is read: 256 MiB.
  static let byteCountMax = 256 << 20
  /// The most that a section may expand to: 512 MiB.
  static let sectionByteCountMax = 512 << 20
  static let headerByteCount = 48

  enum Section: UInt32, CaseIterable {
    case info = 1
    case tokens, texts, units, windows, words, baseline
  }

  /// The campaign of these parts with its content hash.
  static func sealed(info: CampaignInfo, units: [CampaignUnit], baseline: ScoringBaseline)
    throws(CampaignError) -> Campaign
  {
    // What is loaded from the file is what the file says: quantised once, here.
    try decode(try encode(info: info, units: units, baseline: baseline), path: "campaign")
  }

  /// The bytes of a campaign's file.
  static func encode(info: CampaignInfo, units: [CampaignUnit], baseline: ScoringBaseline)
    throws(CampaignError) -> [UInt8]
  {
    var encoder = CampaignEncoder()
    let contents = try encoder.sections(info: info, units: units, baseline: baseline)
    var body = ByteWriter()
    body.write(UInt32(contents.count))
    var streams: [[UInt8]] = []
    for (section, content) in contents {
      let stream = try Deflate.compress(content)
      body.write(section.rawValue)
      body.write(UInt32(content.count))
      body.write(UInt32(stream.count))
      streams.append(stream)
    }
    for stream in streams { body.write(raw: stream) }
    var file = ByteWriter()
    file.write(raw: magic)
    file.write(UInt32(version))
    file.write(raw: try hash(body.bytes))
    file.write(raw: body.bytes)
    return file.bytes
  }

  /// The campaign in `bytes`, every length and the hash checked.
  static func decode(_ bytes: [UInt8], path: String) throws(CampaignError) -> Campaign {
    guard bytes.starts(with: magic) else { throw .notACampaign(path) }
    var reader = ByteReader(bytes, place: "header")
    _ = try reader.readBytes(count: magic.count)
    let found = try reader.readUInt32()
    guard found <= UInt32(version) else {
      throw .newerVersion(found: Int(found), supported: version)
    }
    guard found == UInt32(version) else { throw .damaged("version") }
    let expected = try reader.readBytes(count: SHA256.digestByteCount)
    let body = Array(bytes.dropFirst(12 + SHA256.digestByteCount))
    guard try hash(body).elementsEqual(expected) else { throw .damaged("checksum") }
    let contents = try sections(of: body)
    var decoder = CampaignDecoder(contents: contents)
    return try decoder.campaign(contentHash: Hex.encode(Array(expected)))
  }

  private static func sections(of body: [UInt8]) throws(CampaignError) -> [Section: [UInt8]] {
    var reader = ByteReader(body, place: "section table")
    let count = try reader.readUInt32()
    guard count <= 64 else { throw .damaged("section table") }
    var table: [(id: UInt32, length: Int, compressed: Int)] = []
    for _ in 0..<count {
      table.append(
        (
          try reader.readUInt32(), Int(try reader.readUInt32()), Int(try reader.readUInt32())
        ))
    }
    var contents: [Section: [UInt8]] = [:]
    for entry in table {
      let stream = try reader.readBytes(count: entry.compressed)
      // Sections of a later minor change may stand beside the known ones.
      guard let section = Section(rawValue: entry.id) else { continue }
      guard entry.length <= sectionByteCountMax, contents[section] == nil else {
        throw .damaged("section \(section)")
      }
      contents[section] = try Deflate.expand(
        stream, count: entry.length, place: "section \(section)")
    }
    try reader.finish()
    for section in Section.allCases where contents[section] == nil {
      throw .damaged("section \(section) is missing")
    }
    return contents
  }

  private static func hash(_ bytes: [UInt8]) throws(CampaignError) -> [UInt8] {
    do {
      return try SHA256.hash(bytes)
    } catch {
      throw .file("SHA-256 failed: \(error)")
    }
  }
}

extension Campaign {
  /// Reads the campaign file at `path`, or `campaign.narena` in the folder at `path`.
  ///
  /// A shipped campaign takes about a tenth of a second.
  /// - Throws: `file`, `notACampaign`, `newerVersion` or `damaged`.
  public static func load(from path: String) throws(CampaignError) -> Campaign {
    var isFolder = false
    guard FileManager.default.fileExists(atPath: path, isDirectory: &isFolder) else {
      throw .file("there is no campaign at \(path)")
    }
    let file = isFolder ? path + "/" + CampaignFile.name : path
    guard let contents = FileManager.default.contents(atPath: file) else {
      throw .file("can't read \(file)")
    }
    guard contents.count <= CampaignFile.byteCountMax else {
      throw .file("\(file) is larger than \(CampaignFile.byteCountMax >> 20) MiB")
    }
    return try CampaignFile.decode(Array(contents), path: file)
  }

  /// Writes the campaign to a file, whole or not at all.
  ///
  /// - Throws: `file`.
  public func write(to path: String) throws(CampaignError) {
    let bytes = try CampaignFile.encode(info: info, units: units, baseline: baseline)
    do {
      try Data(bytes).write(to: URL(filePath: path), options: .atomic)
    } catch {
      throw .file("can't write \(path): \(error)")
    }
  }

  /// The same campaign with other units' explanations, or another baseline.
  ///
  /// - Throws: `file` where it can't be hashed.
  public func replacing(units: [CampaignUnit], baseline: ScoringBaseline? = nil)
    throws(CampaignError) -> Campaign
  {
    try CampaignFile.sealed(info: info, units: units, baseline: baseline ?? self.baseline)
  }
}
