package dev.plumbline.lint;

import java.util.Comparator;
import java.util.List;

/**
 * How a file is laid out: whose migration it is, and which of its parts run when.
 *
 * @param tool whose file it is
 * @param wrapping whether the tool runs the file in one transaction
 * @param parts in the order of the text; each reaches to where the next begins, and what stands
 *     before the first is schema
 */
public record Layout(Tool tool, Wrapping wrapping, List<Part> parts) {
  public Layout {
    parts = parts.stream().sorted(Comparator.comparingInt(Part::start)).toList();
  }

  /** A tool whose files are read as they are. */
  public enum Tool {
    /** Plumbline's own: in a project's {@code migrations/}, or with its directives. */
    PLUMBLINE(""),
    FLYWAY("-- in a file of its own: Flyway runs it outside of a transaction"),
    DBMATE("-- migrate:up transaction:false"),
    GOOSE("-- +goose NO TRANSACTION"),
    GOLANG_MIGRATE("-- as the only statement of its file, which then has no transaction"),
    PRISMA("-- as the only statement of its migration.sql, which then has no transaction"),
    SUPABASE("-- by hand, outside of migrations: Supabase sends a file as one transaction"),
    DRIZZLE("-- by hand, outside of migrations: Drizzle runs them in one transaction"),
    SQLX("-- no-transaction"),
    DIESEL("-- with `run_in_transaction = false` in this directory's metadata.toml"),
    /** Nothing is known about who runs it. */
    PLAIN("");

    private final String withoutTransaction;

    Tool(String withoutTransaction) {
      this.withoutTransaction = withoutTransaction;
    }

    /** A comment on how its files run outside of a transaction; empty where nothing is needed. */
    public String withoutTransaction() {
      return withoutTransaction;
    }
  }

  /** Whether the tool runs the file in one transaction. */
  public enum Wrapping {
    WRAPPED,
    NOT_WRAPPED,
    /**
     * The file goes to the server as one query. Several statements then are one transaction, and a
     * single one has none around it.
     */
    ONE_QUERY,
    UNKNOWN
  }

  /** A part of the text, from an offset on. */
  public record Part(int start, Section section) {}

  /** The section of a statement that begins at the offset. */
  Section section(int offset) {
    Section section = Section.SCHEMA;
    for (Part part : parts) {
      if (part.start() > offset) {
        break;
      }
      section = part.section();
    }
    return section;
  }
}
