import ArenaTypes
import CKernels
import Glibc

/// The engine's own threads, which all models of a process share.
///
/// Calls into models block the calling thread and run on these threads, one call after another;
/// within a call all threads work together. They have their own nice value, so that they get only
/// the time that the server's threads leave (Linux keeps it for each thread).
///
/// A pass asks between its layers whether it shall go on (`goesOn`); whoever called it may then stop
/// it, or have something more urgent computed first.
///
/// `@unchecked Sendable`: the C pool serialises its callers with a mutex, and `runningCheck` is
/// touched on the leading thread alone.
public final class EngineThreads: @unchecked Sendable {
  /// What the kernels are made of.
  public enum InstructionSet: Int32, Sendable, CaseIterable {
    /// Any processor; SSE2 on x86-64.
    case portable = 0
    /// AVX2 with FMA and F16C.
    case avx2 = 1
    /// AVX-512 F, BW, VL and DQ.
    case avx512 = 2
    /// Advanced SIMD of AArch64.
    case neon = 3

    /// Whether this processor has it.
    public var isAvailable: Bool { ck_isa_available(rawValue) != 0 }
    /// The widest that this processor has.
    public static var best: InstructionSet { InstructionSet(rawValue: ck_isa_best()) ?? .portable }
  }

  /// What products of matrices are computed in.
  public enum Arithmetic: Int32, Sendable, CaseIterable {
    /// Single precision.
    case floats = 0
    /// Both sides rounded to bfloat16 and summed in single precision, on processors with AVX512-BF16;
    /// elsewhere single precision.
    ///
    /// With SmolLM2 activations are off by at most 1.1 % of their layer's RMS (0.2 % in the first
    /// layer), logits by 0.045 in the mean, and 99.4 % of the likeliest next tokens are the same: so
    /// PyTorch computes it on 2,044 tokens with both sides of each product rounded. No gain everywhere:
    /// a Xeon of 2023 multiplies pairs at 0.6 times the speed of single precision.
    case pairs = 1
    /// Eight bits for activations, 32 at a time with a scale of their own, and quants of 4 or 5 bits
    /// (with AVX512-VNNI also 8) as the file has them; other products, and processors without AVX2,
    /// stay with single precision.
    ///
    /// With SmolLM2 in Q4_1 (AVX2, 2,044 tokens of four texts) activations are off by 0.8 % of their
    /// layer's RMS in the first layer and 2 to 4.8 % in the others, logits by 0.16 in the mean and 2.3
    /// at worst; 97.3 % of the likeliest next tokens are the same, the others were less than 0.3 apart.
    /// A prompt of 512 tokens is computed 1.2 times as fast, with AVX512-VNNI 2.0 times.
    case integers = 2
  }

  /// The most threads that can be asked for.
  public static let countMax = 256

  /// How many threads work.
  public let count: Int
  /// What they compute with.
  public let instructionSet: InstructionSet
  /// What they compute products in.
  public let arithmetic: Arithmetic
  let pool: OpaquePointer
  /// Of the body that runs: what its caller wants to be asked between layers.
  private var runningCheck: LayerCheck?

  /// Called on the leading thread between two layers of a pass; false ends the pass, whose results
  /// then mean nothing and are for nobody.
  typealias LayerCheck = @Sendable () -> Bool

  /// What the passes of the calls within its scope ask between their layers.
  static let layerCheck = ThreadLocal<LayerCheck>()

  /// Starts `count` threads (as many as there are cores, when nil) with the given nice value.
  ///
  /// - Parameter takesOnlyIdleTime: Whether any other thread of the machine goes first, always. They
  ///   then stand still while others use all cores.
  /// - Throws: `EngineError.noThreads` when the system gives none or lacks the instruction set.
  public init(
    count: Int? = nil, niceValue: Int = 10, takesOnlyIdleTime: Bool = false,
    instructionSet: InstructionSet = .best, arithmetic: Arithmetic = .floats
  ) throws(EngineError) {
    let wanted = count ?? max(1, Int(sysconf(Int32(_SC_NPROCESSORS_ONLN))))
    self.count = min(wanted, Self.countMax)
    self.instructionSet = instructionSet
    self.arithmetic = arithmetic
    guard instructionSet.isAvailable else {
      throw .noThreads("this processor lacks \(instructionSet)")
    }
    guard (1...Self.countMax).contains(wanted), (-20...19).contains(niceValue),
      let pool = ck_pool_create(Int32(self.count), Int32(niceValue), instructionSet.rawValue)
    else { throw .noThreads("\(wanted) threads at nice value \(niceValue)") }
    self.pool = pool
    ck_pool_set_arithmetic(pool, arithmetic.rawValue)
    guard !takesOnlyIdleTime || ck_pool_set_idle(pool) != 0 else {
      throw .noThreads("the system has none for idle time")
    }
  }

  deinit { ck_pool_destroy(pool) }

  /// CPU time that the threads have used.
  public var cpuTime: Duration { .nanoseconds(Int64(clamping: ck_pool_cpu_time(pool))) }

  /// Whether the pass that runs shall go on.
  ///
  /// Only on the leading thread, between layers.
  func goesOn() -> Bool { runningCheck?() ?? true }

  /// Runs `body` on the leading thread and waits for it; from within a body, at once.
  func run<Result, Failure: Error>(
    _ body: (OpaquePointer) throws(Failure) -> Result
  ) throws(Failure) -> Result {
    var result: Swift.Result<Result, Failure>?
    let check = Self.layerCheck.value
    withoutActuallyEscaping(body) { body in
      let job = Job {
        let outer = self.runningCheck
        self.runningCheck = check
        defer { self.runningCheck = outer }
        do throws(Failure) {
          result = .success(try body(self.pool))
        } catch {
          result = .failure(error)
        }
      }
      ck_pool_run(
        pool,
        { context in
          guard let context else { return }
          Unmanaged<Job>.fromOpaque(context).takeUnretainedValue().body()
        }, Unmanaged.passUnretained(job).toOpaque())
    }
    guard let result else { preconditionFailure("the pool returned without running the job") }
    return try result.get()
  }
}

/// A closure that C can point to.
private final class Job {
  let body: () -> Void
  init(_ body: @escaping () -> Void) { self.body = body }
}
