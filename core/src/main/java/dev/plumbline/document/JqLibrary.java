package dev.plumbline.document;

import java.util.Set;
import net.thisptr.jackson.jq.BuiltinFunctionLoader;
import net.thisptr.jackson.jq.Function;
import net.thisptr.jackson.jq.Scope;
import net.thisptr.jackson.jq.exception.JsonQueryException;

/**
 * The functions that jq programs may call. There is no way from them to files, other input or the
 * environment; the time is left out too, so that a program gives the same result when a run goes
 * on.
 */
final class JqLibrary {
  private static final Set<String> LEFT_OUT =
      Set.of("now/0", "env/0", "input/0", "inputs/0", "debug/0", "debug/1", "debug_scope/0");

  /** What a range may count to in one run of a program: the one way to go on for ever. */
  private static final long LONGEST_RANGE = 10_000_000;

  private static final Scope LIBRARY = load();
  private static final ThreadLocal<long[]> COUNTED = ThreadLocal.withInitial(() -> new long[1]);

  private JqLibrary() {}

  /** A scope in which all of them can be called. */
  static Scope scope() {
    return Scope.newChildScope(LIBRARY);
  }

  /** What they are called, each with the number of its arguments: {@code map/1}. */
  static Set<String> signatures() {
    return LIBRARY.getLocalFunctions().keySet();
  }

  static boolean has(String signature) {
    return signatures().contains(signature);
  }

  /** A program begins. */
  static void begin() {
    COUNTED.get()[0] = 0;
  }

  private static Scope load() {
    Scope scope = Scope.newEmptyScope();
    BuiltinFunctionLoader.getInstance()
        .listFunctions(JqProgram.LANGUAGE, scope)
        .forEach(
            (signature, function) -> {
              if (!LEFT_OUT.contains(signature)) {
                boolean endless = signature.startsWith("range/");
                scope.addFunction(signature, endless ? counted(function) : function);
              }
            });
    return scope;
  }

  private static Function counted(Function function) {
    return (scope, arguments, input, path, output, version) -> {
      long[] counted = COUNTED.get();
      function.apply(
          scope,
          arguments,
          input,
          path,
          (value, where) -> {
            if (++counted[0] > LONGEST_RANGE) {
              throw new JsonQueryException("range counts beyond " + LONGEST_RANGE);
            }
            output.emit(value, where);
          },
          version);
    };
  }
}
