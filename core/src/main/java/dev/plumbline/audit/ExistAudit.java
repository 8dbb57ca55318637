package dev.plumbline.audit;

import dev.plumbline.database.Session;
import dev.plumbline.error.ProjectException;
import dev.plumbline.invariant.Exist;
import dev.plumbline.object.ObjectLook;
import dev.plumbline.object.ObjectState;
import dev.plumbline.object.ObjectState.ClaimState;
import dev.plumbline.object.ObjectState.IndexState;
import dev.plumbline.object.State;
import dev.plumbline.object.WantedReader;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;

/** The audit of {@code exist}: compares statements with the live catalogue. */
final class ExistAudit {
  private static final List<String> COLUMNS = List.of("object", "state", "found");

  private final Session session;

  ExistAudit(Session session) {
    this.session = session;
  }

  /**
   * @throws ProjectException if a statement makes nothing that can be looked at
   */
  AuditResult look(Exist exist, AuditOptions options, long start) {
    List<ObjectState> states =
        new ObjectLook(session).of(WantedReader.read(session.dialect(), exist.objects()));
    List<ObjectState> wrong = states.stream().filter(s -> s.state() != State.PRESENT).toList();
    long missing = wrong.stream().filter(s -> s.state() == State.MISSING).count();
    Counts counts =
        new Counts(
            states.size(),
            OptionalLong.of(states.size()),
            wrong.size(),
            missing,
            wrong.size() - missing,
            0,
            0,
            OptionalLong.empty());
    List<Violation> violations = wrong.stream().map(ExistAudit::violation).toList();
    options
        .sink()
        .ifPresent(
            sink -> {
              sink.begin(exist, COLUMNS);
              violations.forEach(sink::accept);
            });
    return new AuditResult(
        exist,
        "exist",
        Verdicts.of(exist.terms(), counts),
        Optional.of(counts),
        List.of(),
        List.of("object"),
        COLUMNS,
        violations,
        otherNames(states),
        Auditor.since(start),
        Optional.empty());
  }

  private static Violation violation(ObjectState object) {
    return new Violation(
        Arrays.asList(object.wanted().name(), object.state().word(), object.found().orElse(null)));
  }

  private static List<String> otherNames(List<ObjectState> states) {
    List<String> notes = new ArrayList<>();
    for (ObjectState object : states) {
      switch (object) {
        case IndexState index when index.state() == State.PRESENT ->
            index
                .otherName()
                .ifPresent(
                    name ->
                        notes.add(
                            index.wanted().name() + " is there under the name " + name + "."));
        case IndexState other -> {} // its state tells all
        case ClaimState claims -> {} // goes by the name
      }
    }
    return notes;
  }
}
