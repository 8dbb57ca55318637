package dev.plumbline.transform;

import dev.plumbline.database.Database;
import dev.plumbline.database.JdbcUrl;
import dev.plumbline.dialect.Fragment;
import dev.plumbline.document.Inputs;
import dev.plumbline.document.Limits;
import dev.plumbline.document.Program;
import dev.plumbline.document.Transform;
import dev.plumbline.error.Position;
import dev.plumbline.execution.Settings;
import dev.plumbline.run.Listener;
import dev.plumbline.source.SourceSetting;
import dev.plumbline.testkit.TestDatabase;
import java.nio.file.Path;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.Set;

/** Transforms of a column as the tests ask for them. */
final class ColumnRuns {
  static final Listener SILENT = new Listener() {};

  /** Puts what is not in the new shape into it; what has no {@code n} fails. */
  static final String WRAP =
      """
      if .v == 2 then . elif .n == null then error("no n") else {v: 2, was: .} end""";

  private ColumnRuns() {}

  static Database database(TestDatabase database) {
    return Database.of(JdbcUrl.parse(database.url()));
  }

  static Transform transform(String property, String program) {
    return transform(property, program, Map.of());
  }

  /**
   * @param also further columns that are written, each with its program
   */
  static Transform transform(String property, String program, Map<String, Program.Jq> also) {
    return new Transform(
        "wrap",
        "Documents are wrapped.",
        "transform: " + program,
        property,
        new Program.Jq(program),
        also,
        Set.of(),
        Optional.of(new Program.Jq(".was")),
        List.of(),
        Optional.empty(),
        Limits.NONE,
        true,
        Map.of(),
        Inputs.NONE,
        Transform.DEFAULT_KEEP);
  }

  static ColumnTransform of(TestDatabase database, Transform transform, String table) {
    return of(database, transform, table, Optional.empty());
  }

  static ColumnTransform of(
      TestDatabase database, Transform transform, String table, Optional<String> where) {
    return new ColumnTransform(
        transform,
        new SourceSetting.Column(table, Optional.empty(), where.map(ColumnRuns::fragment)),
        database(database),
        Settings.standard(),
        Clock.systemUTC());
  }

  /** As it would stand in line 4 of the transform's file. */
  private static Fragment fragment(String where) {
    return new Fragment(where, new Position(Path.of("transforms", "wrap.yaml"), 4, 10), 10);
  }

  static TransformOptions batches(int size, int workers) {
    return new TransformOptions(
        List.of(), Optional.empty(), OptionalLong.empty(), OptionalInt.of(size), workers);
  }

  static TransformOptions ids(String... ids) {
    return new TransformOptions(
        List.of(ids), Optional.empty(), OptionalLong.empty(), OptionalInt.empty(), 1);
  }

  static TransformReport run(ColumnTransform transform, TransformOptions options) {
    return transform.run(transform.begin(options), "1", Optional.empty(), SILENT);
  }

  static DocumentRollback rollback(TestDatabase database, Transform transform, String table) {
    return DocumentRollback.inColumn(
        transform,
        new SourceSetting.Column(table, Optional.empty(), Optional.empty()),
        database(database),
        Settings.standard(),
        Clock.systemUTC());
  }

  /** The type for documents that keeps values, or else the only one that there is. */
  static String json(TestDatabase database) {
    return database.url().startsWith("jdbc:sqlite") ? "TEXT" : "jsonb";
  }

  static long count(TestDatabase database, String from) {
    return Long.parseLong(String.valueOf(database.queryValue("SELECT count(*) FROM " + from)));
  }

  static String journal(TestDatabase database, String table) {
    return database.url().startsWith("jdbc:sqlite") ? "plumb_" + table : "plumb." + table;
  }
}
