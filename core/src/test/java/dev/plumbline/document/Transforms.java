package dev.plumbline.document;

import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;

/** Transforms of tests, made of what differs from the plainest one. */
final class Transforms {
  private static final Clock NOON =
      Clock.fixed(Instant.parse("2026-03-01T12:00:00Z"), ZoneOffset.UTC);

  private final Program program;
  private final Map<String, Program.Jq> also = new LinkedHashMap<>();
  private Set<String> reads = Set.of();
  private Optional<Program> inverse = Optional.empty();
  private List<Preserve> preserve = List.of();
  private Optional<Check> check = Optional.empty();
  private Limits limits = Limits.NONE;
  private boolean idempotent = false;

  private Transforms(Program program) {
    this.program = program;
  }

  static Transforms of(String jq) {
    return of(new Program.Jq(jq));
  }

  static Transforms of(Program program) {
    return new Transforms(program);
  }

  Transforms also(String property, String jq) {
    also.put(property, new Program.Jq(jq));
    return this;
  }

  Transforms reads(String property) {
    this.reads = Set.of(property);
    return this;
  }

  Transforms inverse(String jq) {
    this.inverse = Optional.of(new Program.Jq(jq));
    return this;
  }

  Transforms preserve(boolean copies, boolean additions, String... paths) {
    List<PathPattern> patterns = List.of(paths).stream().map(PathPattern::parse).toList();
    Preserve.Values at = new Preserve.Values.At(patterns, List.of());
    this.preserve = List.of(new Preserve("rule", at, copies, additions));
    return this;
  }

  Transforms preserve(String jq) {
    Preserve.Values emitted = new Preserve.Values.Emitted(new Program.Jq(jq));
    this.preserve = List.of(new Preserve("rule", emitted, false, false));
    return this;
  }

  Transforms check(Check rule) {
    this.check = Optional.of(rule);
    return this;
  }

  Transforms atMost(int characters) {
    this.limits = new Limits(OptionalInt.of(characters));
    return this;
  }

  Transforms idempotent() {
    this.idempotent = true;
    return this;
  }

  Examiner examiner() {
    return new Examiner(
        new Transform(
            "test",
            "",
            "",
            "state",
            program,
            also,
            reads,
            inverse,
            preserve,
            check,
            limits,
            idempotent,
            Map.of(),
            Inputs.NONE,
            Transform.DEFAULT_KEEP),
        NOON);
  }

  Examination examine(String text) {
    return examiner().examine(document(text));
  }

  static Document document(String text) {
    return Document.of("1", Map.of("state", text));
  }
}
