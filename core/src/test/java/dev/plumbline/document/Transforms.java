package dev.plumbline.document;

import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Transforms of tests, made of what differs from the plainest one. */
record Transforms(Transform transform) {
  private static final Clock NOON =
      Clock.fixed(Instant.parse("2026-03-01T12:00:00Z"), ZoneOffset.UTC);

  static Transforms of(String jq) {
    return new Transforms(
        new Transform(
            "test",
            "",
            "",
            "state",
            new Program.Jq(jq),
            Map.of(),
            Set.of(),
            Optional.empty(),
            List.of(),
            Optional.empty(),
            Limits.NONE,
            false,
            Map.of(),
            Inputs.NONE,
            Transform.DEFAULT_KEEP));
  }

  Examiner examiner() {
    return new Examiner(transform, NOON);
  }

  static Document document(String text) {
    return Document.of("1", Map.of("state", text));
  }
}
