package dev.plumbline.transform;

import dev.plumbline.error.ErrorCode;
import dev.plumbline.error.PlumblineException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Stream;

/**
 * What the newest dry run of each transform has left: snapshots, which hold what the documents
 * hold. They are kept as long as before-images are.
 */
public final class DryRuns {
  private static final String BEFORE = "-before.json";

  private final Path plans;

  DryRuns(Path plans) {
    this.plans = plans;
  }

  /**
   * A dry run whose snapshots go.
   *
   * @param madeAt when its last snapshot was written
   * @param keep how long they are kept
   */
  public record Item(
      String transform, Path folder, Instant madeAt, Duration keep, long documents) {}

  /**
   * What goes.
   *
   * @param young dry runs whose snapshots are kept still
   */
  public record Plan(List<Item> items, long young) {
    public Plan {
      items = List.copyOf(items);
    }
  }

  /**
   * What would go. Nothing is deleted.
   *
   * @param keep how long, by the transform's name
   */
  public Plan plan(Function<String, Duration> keep, Instant now) {
    List<Item> items = new ArrayList<>();
    long young = 0;
    for (Path folder : folders()) {
      Optional<Item> item = item(folder, keep);
      if (item.isPresent() && item.get().madeAt().plus(item.get().keep()).isBefore(now)) {
        items.add(item.get());
      } else if (item.isPresent()) {
        young++;
      }
    }
    return new Plan(items, young);
  }

  private List<Path> folders() {
    return Files.isDirectory(plans)
        ? list(plans).stream().filter(Files::isDirectory).sorted().toList()
        : List.of();
  }

  private static Optional<Item> item(Path folder, Function<String, Duration> keep) {
    List<Path> snapshots = snapshots(folder);
    String transform = String.valueOf(folder.getFileName());
    return newest(snapshots)
        .map(
            made ->
                new Item(
                    transform,
                    folder,
                    made,
                    keep.apply(transform),
                    snapshots.stream().filter(file -> file.toString().endsWith(BEFORE)).count()));
  }

  private static List<Path> snapshots(Path folder) {
    Path snapshots = folder.resolve("snapshots");
    return Files.isDirectory(snapshots) ? list(snapshots) : List.of();
  }

  private static Optional<Instant> newest(List<Path> files) {
    return files.stream().map(DryRuns::written).max(Instant::compareTo);
  }

  private static Instant written(Path file) {
    try {
      return Files.getLastModifiedTime(file).toInstant();
    } catch (IOException e) {
      throw unreadable(file, e);
    }
  }

  private static List<Path> list(Path folder) {
    try (Stream<Path> files = Files.list(folder)) {
      return files.toList();
    } catch (IOException e) {
      throw unreadable(folder, e);
    }
  }

  private static PlumblineException unreadable(Path path, IOException cause) {
    return new PlumblineException(
        ErrorCode.DENIED,
        "The operating system does not let Plumbline look at " + path + ": " + cause.getMessage(),
        "No snapshot was deleted there.",
        "Give read permission there, then run the command again.",
        cause);
  }

  /** Deletes its snapshots, but not those of a dry run that was made meanwhile. */
  public void forget(Item item) {
    if (newest(snapshots(item.folder())).equals(Optional.of(item.madeAt()))) {
      RunFolder.emptied(item.folder());
    }
  }
}
