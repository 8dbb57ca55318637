package dev.plumbline.lint.rule;

import dev.plumbline.lint.Change.FunctionMade;
import dev.plumbline.lint.Relation;
import dev.plumbline.lint.Surroundings;
import dev.plumbline.lint.Trees;
import dev.plumbline.parser.Node;
import java.util.Optional;
import java.util.Set;

/** Which calls in a default give each row a value of its own, so that every row must be written. */
final class Volatility {
  private static final Set<String> VOLATILE =
      Set.of(
          "nextval",
          "random",
          "random_normal",
          "clock_timestamp",
          "timeofday",
          "gen_random_uuid",
          "gen_random_bytes",
          "uuid_generate_v1",
          "uuid_generate_v1mc",
          "uuid_generate_v4",
          "uuidv4",
          "uuidv7",
          "uuid_generate_v7",
          "txid_current",
          "currval",
          "lastval",
          "gen_salt",
          "set_config",
          "ulid",
          "nanoid",
          "generate_ulid",
          "xid",
          "cuid");

  private Volatility() {}

  /**
   * The first volatile function that an expression calls. One that the run defines without saying
   * otherwise is volatile, as PostgreSQL takes it; of others that are unknown nothing is said.
   */
  static Optional<String> of(Node expression, Surroundings around) {
    return expression
        .all("FuncCall")
        .map(call -> Relation.of(Trees.names(call.at("funcname"))))
        .filter(function -> VOLATILE.contains(function.name()) || isMadeVolatile(function, around))
        .map(Relation::name)
        .findFirst();
  }

  private static boolean isMadeVolatile(Relation function, Surroundings around) {
    return around
        .timeline()
        .functions(function)
        .reduce((first, last) -> last)
        .map(event -> ((FunctionMade) event.change()).isVolatile())
        .orElse(false);
  }
}
