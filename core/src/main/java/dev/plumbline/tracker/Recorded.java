package dev.plumbline.tracker;

import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * One migration as its tool has recorded it.
 *
 * @param revision what the tool calls it: a version, an id, a name
 * @param description the tool's words for it; empty where it has none
 * @param file the file's name or path as recorded
 * @param checksum of the file as it was then
 * @param at when; a time without a zone is taken for UTC
 * @param statements what ran, where the tool keeps it (Supabase); else empty
 * @param detail what the tool noted besides: an error, a hint; else empty
 */
public record Recorded(
    String revision,
    String description,
    State state,
    Optional<String> file,
    Optional<String> checksum,
    Optional<Instant> at,
    List<String> statements,
    String detail) {
  public Recorded {
    statements = List.copyOf(statements);
  }

  /** One of which the tool keeps nothing but the name. */
  static Recorded of(String revision, State state) {
    return new Recorded(
        revision, "", state, Optional.empty(), Optional.empty(), Optional.empty(), List.of(), "");
  }

  Recorded described(String text) {
    return new Recorded(revision, text, state, file, checksum, at, statements, detail);
  }

  Recorded inFile(Optional<String> name) {
    return new Recorded(revision, description, state, name, checksum, at, statements, detail);
  }

  Recorded summed(Optional<String> sum) {
    return new Recorded(revision, description, state, file, sum, at, statements, detail);
  }

  Recorded at(Optional<Instant> time) {
    return new Recorded(revision, description, state, file, checksum, time, statements, detail);
  }

  Recorded ran(List<String> sql) {
    return new Recorded(revision, description, state, file, checksum, at, sql, detail);
  }

  Recorded noted(String text) {
    return new Recorded(revision, description, state, file, checksum, at, statements, text);
  }

  Recorded as(State other, String text) {
    return new Recorded(revision, description, other, file, checksum, at, statements, text);
  }
}
