package dev.plumbline.migration;

import dev.plumbline.dialect.Sha256;
import dev.plumbline.migration.Migration.Expectation;
import dev.plumbline.migration.Migration.Reference;
import java.util.List;
import java.util.stream.Collectors;

/** What a run does of a migration at a time: done whole or not at all, or a run of its own. */
public sealed interface Part {
  /** Its place in the run, from 1. */
  int n();

  /** The word of the step that it belongs to, as the file has it. */
  String step();

  /** What it does, in a line. */
  String about();

  /** Counts before anything is changed. */
  record Expect(int n, List<Expectation> expectations) implements Part {
    public Expect {
      expectations = List.copyOf(expectations);
    }

    @Override
    public String step() {
      return Step.EXPECT.word();
    }

    @Override
    public String about() {
      return expectations.stream()
          .map(e -> e.rows().text() + " rows violate " + e.invariant().invariant())
          .collect(Collectors.joining(", "));
    }
  }

  /**
   * Statements that are run in one transaction, or a single one that cannot run in any.
   *
   * @param expectations counted after the statements, before they are committed
   */
  record Sql(int n, String step, List<SqlStatement> statements, List<Expectation> expectations)
      implements Part {
    public Sql {
      statements = List.copyOf(statements);
      expectations = List.copyOf(expectations);
    }

    public boolean alone() {
      return statements.size() == 1 && statements.getFirst().place().alone();
    }

    @Override
    public String about() {
      return statements.size() == 1
          ? statements.getFirst().summary()
          : statements.size() + " statements";
    }
  }

  /** The repair of an invariant. */
  record Backfill(int n, Reference invariant) implements Part {
    @Override
    public String step() {
      return Step.BACKFILL.word();
    }

    @Override
    public String about() {
      return invariant.invariant();
    }
  }

  /** Invariants that must hold before it goes on. */
  record Verify(int n, List<Reference> invariants) implements Part {
    public Verify {
      invariants = List.copyOf(invariants);
    }

    @Override
    public String step() {
      return Step.VERIFY.word();
    }

    @Override
    public String about() {
      return invariants.stream().map(Reference::invariant).collect(Collectors.joining(", "));
    }
  }

  /** Takes a backfill's run back. */
  record TakeBack(int n, long run) implements Part {
    /** Its word in the journal and in reports. */
    public static final String STEP = "rollback";

    @Override
    public String step() {
      return STEP;
    }

    @Override
    public String about() {
      return "run " + run;
    }
  }

  /** SHA-256 of all that the file says of it; comments and the place in the file do not count. */
  default String digest() {
    String text =
        switch (this) {
          case Expect expect -> expect.about();
          case Sql sql ->
              sql.statements().stream().map(s -> s.sql().text()).collect(Collectors.joining(";\n"))
                  + "\n"
                  + new Expect(sql.n(), sql.expectations()).about();
          case Backfill backfill -> backfill.about();
          case Verify verify -> verify.about();
          case TakeBack back -> back.about();
        };
    return Sha256.of((step() + "\n" + text).replace("\r\n", "\n"));
  }
}
