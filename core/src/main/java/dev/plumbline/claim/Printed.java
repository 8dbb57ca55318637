package dev.plumbline.claim;

import dev.plumbline.parser.Node;
import dev.plumbline.parser.PostgresParser;
import dev.plumbline.parser.Statement;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** What PostgreSQL prints of its catalogue, read by its own parser. For one thread. */
final class Printed {
  private final PostgresParser parser;
  private final Map<String, Node> read = new HashMap<>();

  Printed(PostgresParser parser) {
    this.parser = parser;
  }

  /** Of {@code pg_get_indexdef} and {@code pg_get_triggerdef}. */
  Node statement(String text) {
    return read.computeIfAbsent(text, this::parse);
  }

  private Node parse(String text) {
    List<Statement> statements = parser.parse(text).statements();
    return statements.size() == 1 ? statements.getFirst().tree() : Node.Fields.NONE;
  }

  /** Of {@code pg_get_expr}. */
  Node expression(String text) {
    return statement("SELECT (" + text + ")").at("targetList").items().stream()
        .map(target -> target.at("ResTarget").at("val"))
        .findFirst()
        .orElse(Node.Fields.NONE);
  }

  /** Of {@code pg_get_constraintdef}. */
  Node constraint(String text) {
    return statement("ALTER TABLE t ADD " + text).at("cmds").items().stream()
        .map(command -> command.at("AlterTableCmd").at("def").at("Constraint"))
        .findFirst()
        .orElse(Node.Fields.NONE);
  }

  /** Of {@code format_type}. */
  Optional<TypeShape> type(String text) {
    return TypeShape.of(expression("CAST(NULL AS " + text + ")").at("TypeCast").at("typeName"));
  }
}
