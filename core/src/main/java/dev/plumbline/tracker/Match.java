package dev.plumbline.tracker;

import java.util.Optional;

/**
 * A migration's record and its file. At least one of them is there.
 *
 * @param recorded empty: nothing is recorded, the migration is pending
 * @param file empty: the file is not there
 * @param edited whether the file is known to have changed since it ran
 */
public record Match(Optional<Recorded> recorded, Optional<ToolFile> file, boolean edited) {
  public Match {
    if (recorded.isEmpty() && file.isEmpty()) {
      throw new IllegalArgumentException("neither recorded nor a file");
    }
  }

  /** As the tool calls it. */
  public String revision() {
    return recorded.map(Recorded::revision).or(() -> file.map(ToolFile::revision)).orElseThrow();
  }

  /**
   * Whether the file is not where the project's are, but comes with a package: as Django's own apps
   * and others' do.
   */
  public boolean isElsewhere() {
    return file.isEmpty()
        && recorded.filter(r -> r.detail().equals(DjangoTracker.OTHER_PACKAGE)).isPresent();
  }

  /** Whether the tool takes it for done. */
  public boolean isDone() {
    return recorded.filter(r -> r.state().isDone()).isPresent();
  }
}
