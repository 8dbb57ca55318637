package dev.plumbline.parser;

import dev.plumbline.parser.wasm.PgQueryModule;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Function;
import run.endive.runtime.ByteArrayMemory;
import run.endive.runtime.Instance;
import run.endive.runtime.Machine;
import run.endive.runtime.Memory;
import run.endive.wasm.Parser;
import run.endive.wasm.WasmModule;
import run.endive.wasm.types.MemoryLimits;

/**
 * One instance of PostgreSQL's parser, with a memory of its own. For one thread at a time; of no
 * use any more after it has thrown anything.
 */
final class PgQuery {
  /** It asks for 128 MB from the start, of which it uses a few. In pages of 64 KB. */
  private static final MemoryLimits LIMITS = new MemoryLimits(64, 16384);

  /** Made on first use, and shared by all instances. */
  private static final class Code {
    /** Read without proving it valid once more, as the build has compiled it. */
    static final WasmModule MODULE =
        Parser.builder().withValidation(false).build().parse(Code::module);

    static final LargeFunctions LARGE = new LargeFunctions(MODULE);

    private static InputStream module() {
      return Objects.requireNonNull(PgQueryModule.class.getResourceAsStream("PgQueryModule.meta"));
    }
  }

  private final PgQueryNames names;
  private final Instance instance;
  private final Memory memory;

  /** What the parser answers: JSON, or else an error. */
  sealed interface Answer {
    record Json(String text) implements Answer {}

    /**
     * @param codePoint where, in code points from 1; 0 if it is not known
     */
    record Error(String message, int codePoint) implements Answer {}
  }

  private PgQuery(PgQueryNames names, Function<Instance, Machine> functions) {
    this.names = names;
    this.instance =
        Instance.builder(Code.MODULE)
            .withMachineFactory(functions)
            .withMemoryFactory(ByteArrayMemory::new)
            .withMemoryLimits(LIMITS)
            .withImportValues(new HostFunctions(names).of(Code.MODULE))
            .build();
    this.memory = instance.memory();
    instance.export(names.export("start")).apply();
  }

  /**
   * A fresh instance.
   *
   * @throws ParserUnavailableException if the build had no npm
   */
  static PgQuery start() {
    return start(PgQueryNames.load());
  }

  static PgQuery start(Optional<PgQueryNames> names) {
    return start(names.orElseThrow(ParserUnavailableException::new));
  }

  private static PgQuery start(PgQueryNames names) {
    return new PgQuery(names, Code.LARGE.before(PgQueryModule::create));
  }

  /** One whose large functions run in Endive's interpreter: slow, and what ours is measured by. */
  static PgQuery startInterpreted() {
    PgQueryNames names = PgQueryNames.load().orElseThrow(ParserUnavailableException::new);
    return new PgQuery(names, PgQueryModule::create);
  }

  /** How much memory it holds. */
  long bytes() {
    return (long) memory.pages() * Memory.PAGE_SIZE;
  }

  Answer parse(String sql) {
    int text = write(sql);
    int result = call("_wasm_parse_query_raw", text);
    int tree = memory.readInt(result);
    int error = memory.readInt(result + 8);
    Answer answer =
        error == 0
            ? new Answer.Json(string(tree))
            : new Answer.Error(string(memory.readInt(error)), memory.readInt(error + 16));
    run("_wasm_free_parse_result", result);
    run("_free", text);
    return answer;
  }

  /** Only for a statement with a body in PL/pgSQL: the parser gives up on all others. */
  Answer parsePlpgsql(String statement) {
    return jsonOrMessage("_wasm_parse_plpgsql", statement);
  }

  Answer scan(String sql) {
    return jsonOrMessage("_wasm_scan", sql);
  }

  private Answer jsonOrMessage(String function, String sql) {
    int text = write(sql);
    int result = call(function, text);
    String answer = string(result);
    run("_wasm_free_string", result);
    run("_free", text);
    return answer.startsWith("{") ? new Answer.Json(answer) : new Answer.Error(answer, 0);
  }

  private int write(String sql) {
    byte[] utf8 = sql.getBytes(StandardCharsets.UTF_8);
    int address = call("_malloc", utf8.length + 1);
    memory.write(address, utf8);
    memory.writeByte(address + utf8.length, (byte) 0);
    return address;
  }

  private String string(int address) {
    return address == 0 ? "" : new String(read(address), StandardCharsets.UTF_8);
  }

  /** The bytes up to the NUL, taken in blocks: one at a time is slow for a long answer. */
  private byte[] read(int address) {
    byte[] read = {};
    int size = 1 << 12;
    while (true) {
      int block = Math.min(size, (int) (bytes() - address));
      read = memory.readBytes(address, block);
      for (int end = 0; end < read.length; end++) {
        if (read[end] == 0) {
          return Arrays.copyOf(read, end);
        }
      }
      size *= 4;
    }
  }

  private int call(String function, int argument) {
    return (int) instance.export(names.export(function)).apply(argument)[0];
  }

  private void run(String function, int argument) {
    instance.export(names.export(function)).apply(argument);
  }
}
