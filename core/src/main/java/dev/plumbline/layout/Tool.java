package dev.plumbline.layout;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Stream;

/** A tool that runs migrations, by the name that people call it. */
public enum Tool {
  /** Plumbline's own: in a project's {@code migrations/}, or with its directives. */
  PLUMBLINE("Plumbline", ""),
  FLYWAY("Flyway", "-- in a file of its own: Flyway runs it outside of a transaction"),
  LIQUIBASE("Liquibase", "--changeset author:id runInTransaction:false"),
  ALEMBIC("Alembic", "-- with op.get_context().autocommit_block():"),
  PRISMA("Prisma", "-- as the only statement of its migration.sql, which then has no transaction"),
  RAILS("Rails", "-- with disable_ddl_transaction! in its class"),
  GOLANG_MIGRATE(
      "golang-migrate", "-- as the only statement of its file, which then has no transaction"),
  DBMATE("dbmate", "-- migrate:up transaction:false"),
  GOOSE("goose", "-- +goose NO TRANSACTION"),
  DJANGO("Django", "-- with atomic = False in its class"),
  KNEX("Knex", "-- with exports.config = { transaction: false }"),
  SEQUELIZE("Sequelize", ""),
  TYPEORM("TypeORM", "-- with transaction = false in its class"),
  DRIZZLE("Drizzle", "-- by hand, outside of migrations: Drizzle runs them in one transaction"),
  EF_CORE("EF Core", "-- with suppressTransaction: true"),
  ATLAS("Atlas", "-- atlas:txmode none"),
  SUPABASE(
      "Supabase", "-- by hand, outside of migrations: Supabase sends a file as one transaction"),
  DIESEL("diesel", "-- with `run_in_transaction = false` in this directory's metadata.toml"),
  SQLX("sqlx", "-- no-transaction"),
  /** Nothing is known about who runs it. */
  PLAIN("unknown", "");

  private final String label;
  private final String withoutTransaction;

  Tool(String label, String withoutTransaction) {
    this.label = label;
    this.withoutTransaction = withoutTransaction;
  }

  /** The tool of a name, as people may write it: {@code flyway}, {@code EF Core}. */
  public static Optional<Tool> named(String name) {
    return known()
        .filter(tool -> tool.word().equalsIgnoreCase(name) || tool.label().equalsIgnoreCase(name))
        .findFirst();
  }

  /** The names of all tools, as the project's files have them. */
  public static List<String> words() {
    return known().map(Tool::word).toList();
  }

  private static Stream<Tool> known() {
    return Arrays.stream(values()).filter(tool -> tool != PLAIN);
  }

  /** Its name as its makers write it. */
  public String label() {
    return label;
  }

  /** Its name in the project's files and in JSON: {@code golang-migrate}, {@code ef-core}. */
  public String word() {
    return name().toLowerCase(Locale.ROOT).replace('_', '-');
  }

  /** A comment on how its files run outside of a transaction; empty where nothing is needed. */
  public String withoutTransaction() {
    return withoutTransaction;
  }
}
