package dev.plumbline.tracker;

import dev.plumbline.layout.Tool;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.Base64;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * Atlas' {@code atlas_schema_revisions}, in a schema of that name or in the one that it works on. A
 * row's type is made of bits: 1 baseline, 2 executed, 4 set by hand. It counts the statements that
 * were applied of all. The hash of a file is that of all files up to it, so only the first one that
 * differs is known to be edited. Layout and meaning: Atlas 0.3x's source.
 */
final class AtlasTracker implements Tracker {
  private static final Pattern NAME =
      Pattern.compile("(?<revision>[^_]+?)(?:_(?<words>.*))?\\.sql");
  private static final Pattern CHECKPOINT =
      Pattern.compile("\\A(?:--[^\\n]*\\n)*-- ?atlas:checkpoint\\b");
  private static final Pattern NO_SUM = Pattern.compile("\\A[ -~]*atlas:sum +ignore\\b");

  private static final long BASELINE = 1;
  private static final long EXECUTED = 2;
  private static final long BY_HAND = 4;

  @Override
  public Tool tool() {
    return Tool.ATLAS;
  }

  @Override
  public Set<String> tableNames() {
    return Set.of("atlas_schema_revisions");
  }

  @Override
  public Set<String> columns() {
    return Set.of(
        "version", "description", "type", "applied", "total", "executed_at", "error", "hash");
  }

  @Override
  public List<String> order() {
    return List.of("executed_at", "version");
  }

  @Override
  public List<String> key() {
    return List.of("version");
  }

  /** What begins with a dot is Atlas' own. */
  @Override
  public Optional<String> revision(TrackerRow row) {
    return row.text("version").filter(version -> !version.startsWith("."));
  }

  @Override
  public Recorded recorded(String revision, TrackerRow row) {
    Recorded recorded =
        Recorded.of(revision, State.APPLIED)
            .described(row.plain("description").replace('_', ' '))
            .summed(row.text("hash"))
            .at(row.at("executed_at"));
    long type = row.number("type").orElse(EXECUTED);
    OptionalLong applied = row.number("applied");
    String steps = applied.orElse(0) + " of " + row.number("total").orElse(0) + " statements ran";
    if ((type & BASELINE) != 0) {
      return recorded.as(State.BASELINE, "the baseline");
    }
    if ((type & BY_HAND) != 0) {
      return recorded.as(
          State.MARKED, "set by hand" + ((type & EXECUTED) == 0 ? "" : "; before that " + steps));
    }
    boolean whole = applied.equals(row.number("total"));
    if (whole && row.plain("error").isEmpty()) {
      return recorded;
    }
    String error = row.plain("error").isEmpty() ? "" : ": " + row.plain("error");
    return recorded.as(applied.orElse(0) > 0 ? State.HALF_DONE : State.FAILED, steps + error);
  }

  // --- the files ------------------------------------------------------------------------------

  @Override
  public List<String> usualFolders() {
    return List.of("migrations", "atlas/migrations", "ent/migrate/migrations");
  }

  @Override
  public List<ToolFile> files(Path folder) {
    MessageDigest sum = TrackerFiles.digest("SHA-256");
    List<ToolFile> files = new ArrayList<>();
    for (ToolFile file :
        TrackerFiles.named(TrackerFiles.in(folder, name -> name.endsWith(".sql")), NAME, tool())) {
      files.add(file.summed(summed(sum, file)));
    }
    return files;
  }

  /** Base64 of the SHA-256 of all names and texts so far. */
  private static Optional<String> summed(MessageDigest sum, ToolFile file) {
    sum.update(TrackerFiles.name(file.path()).getBytes(StandardCharsets.UTF_8));
    if (NO_SUM.matcher(file.sql().orElse("")).find()) {
      return Optional.empty();
    }
    sum.update(TrackerFiles.bytes(file.path()));
    try {
      MessageDigest soFar = (MessageDigest) sum.clone();
      return Optional.of(Base64.getEncoder().encodeToString(soFar.digest()));
    } catch (CloneNotSupportedException e) {
      throw new IllegalStateException("every JDK's SHA-256 can be copied", e);
    }
  }

  @Override
  public Comparator<ToolFile> inOrder() {
    return Comparator.comparing(file -> TrackerFiles.name(file.path()));
  }

  // --- both -----------------------------------------------------------------------------------

  /**
   * The first file whose hash differs is edited, if that of the file before it does not differ; of
   * later ones nothing is known. What lies before a checkpoint or a baseline that was applied was
   * not run.
   */
  @Override
  public List<Match> match(TrackerHistory history, List<ToolFile> files) {
    List<Match> matches = Tracker.super.match(history, files);
    Map<String, Match> recorded = new HashMap<>();
    matches.stream()
        .filter(match -> match.recorded().isPresent())
        .forEach(match -> recorded.put(match.revision(), match));
    return told(matches, firstEdited(files, recorded), beginning(files, recorded));
  }

  private static String firstEdited(List<ToolFile> files, Map<String, Match> recorded) {
    boolean known = true;
    for (ToolFile file : files) {
      Match match = recorded.get(file.revision());
      if (match != null && match.recorded().flatMap(Recorded::checksum).equals(file.checksum())) {
        known = true;
      } else if (match != null) {
        return known && match.isDone() ? file.revision() : "";
      } else {
        known = false;
      }
    }
    return "";
  }

  private static String beginning(List<ToolFile> files, Map<String, Match> recorded) {
    String beginning = "";
    for (ToolFile file : files) {
      Match match = recorded.get(file.revision());
      if (match != null && match.isDone() && startsHere(match, file)) {
        beginning = file.revision();
      }
    }
    return beginning;
  }

  private static boolean startsHere(Match match, ToolFile file) {
    return match.recorded().filter(r -> r.state() == State.BASELINE).isPresent()
        || CHECKPOINT.matcher(file.sql().orElse("")).find();
  }

  private static List<Match> told(List<Match> matches, String edited, String from) {
    List<Match> before = new ArrayList<>();
    List<Match> others = new ArrayList<>();
    for (Match match : matches) {
      if (match.recorded().isEmpty() && match.revision().compareTo(from) < 0) {
        Recorded left =
            Recorded.of(match.revision(), State.BASELINE).noted("before " + from + ": never run");
        before.add(new Match(Optional.of(left), match.file(), false));
      } else {
        others.add(new Match(match.recorded(), match.file(), match.revision().equals(edited)));
      }
    }
    before.addAll(others);
    return before;
  }

  /** As {@code atlas migrate set}. */
  @Override
  public Map<String, Value> row(TrackerHistory history, ToolFile file, int place) {
    Optional<TrackerRow> begun =
        history.rows().stream()
            .filter(row -> row.text("version").equals(Optional.of(file.revision())))
            .findFirst();
    Map<String, Value> row = new HashMap<>();
    row.put("version", Value.of(file.revision()));
    row.put("description", Value.of(file.description().replace(' ', '_')));
    row.put("type", Value.of(begun.isPresent() ? EXECUTED | BY_HAND : BY_HAND));
    row.put("applied", Value.of(begun.map(b -> b.number("applied").orElse(0)).orElse(0L)));
    row.put("total", Value.of(begun.map(b -> b.number("total").orElse(0)).orElse(0L)));
    row.put("executed_at", Value.now());
    row.put("execution_time", Value.of(0));
    row.put("error", begun.flatMap(b -> b.text("error")).map(Value::of).orElseGet(Value::none));
    row.put(
        "error_stmt",
        begun.flatMap(b -> b.text("error_stmt")).map(Value::of).orElseGet(Value::none));
    row.put("hash", Value.of(file.checksum().orElse("")));
    row.put("operator_version", Value.of("Plumbline"));
    return row;
  }
}
