package dev.plumbline.object;

import dev.plumbline.claim.Claim;
import dev.plumbline.dialect.Dialect;
import dev.plumbline.dialect.Fragment;
import dev.plumbline.dialect.PostgresDialect;
import dev.plumbline.dialect.SqliteDialect;
import dev.plumbline.error.Problem;
import dev.plumbline.error.ProjectException;
import dev.plumbline.object.Wanted.ClaimWanted;
import dev.plumbline.object.Wanted.IndexWanted;
import dev.plumbline.parser.PostgresParser;
import dev.plumbline.schema.IndexDefinition;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * Reads the statements of an {@code exist}. Those that make indexes need no parser, nor does any on
 * SQLite. May be used by any number of threads.
 */
public final class WantedReader {
  /** One for all: an instance of the module takes a moment and some memory to make. */
  static final PostgresParser PARSER = new PostgresParser();

  private final Dialect dialect;
  private final List<Problem> problems = new ArrayList<>();
  private final List<Wanted> read = new ArrayList<>();

  private WantedReader(Dialect dialect) {
    this.dialect = dialect;
  }

  /**
   * What each statement wants, in their order.
   *
   * @throws ProjectException if one makes nothing that can be looked at
   * @throws dev.plumbline.error.PlumblineException 69 if one needs PostgreSQL's parser, and the
   *     build has none
   */
  public static List<Wanted> read(Dialect dialect, List<Fragment> statements) {
    WantedReader reader = new WantedReader(dialect);
    statements.forEach(reader::read);
    if (!reader.problems.isEmpty()) {
      throw new ProjectException(reader.problems);
    }
    return List.copyOf(reader.read);
  }

  private void read(Fragment statement) {
    Optional<IndexDefinition> index = IndexDefinition.parse(statement.text());
    if (index.isPresent() && index.get().name().isEmpty()) {
      problems.add(
          new Problem(
              statement.start(),
              "`exist` takes an index as CREATE INDEX name ON table (…)",
              statement.text(),
              Optional.of("write the index as you would create it, with its name")));
    } else if (index.isPresent()) {
      read.add(new IndexWanted(statement, index.get(), isMade(index.get().table())));
    } else {
      claims(statement).ifPresent(read::add);
    }
  }

  private boolean isMade(String table) {
    return read.stream()
        .flatMap(w -> w instanceof ClaimWanted c ? c.claims().stream().limit(1) : Stream.empty())
        .filter(claim -> !(claim instanceof Claim.Absent))
        .anyMatch(claim -> claim.subject().name().name().equals(table));
  }

  private Optional<ClaimWanted> claims(Fragment statement) {
    return switch (dialect) {
      case PostgresDialect postgres -> PostgresForm.read(statement, problems);
      case SqliteDialect sqlite -> SqliteForm.read(statement, problems);
    };
  }
}
