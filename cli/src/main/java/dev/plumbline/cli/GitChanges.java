package dev.plumbline.cli;

import dev.plumbline.error.ErrorCode;
import dev.plumbline.error.PlumblineException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/** What git says has changed. */
final class GitChanges {
  private GitChanges() {}

  /**
   * The files added or changed since a commit, those not committed yet included; absolute paths.
   *
   * @param ref a branch, tag or commit; compared is with where the work left it
   * @throws PlumblineException (usage) if this is no repository or it has no such commit
   */
  static Set<Path> since(String ref, Path directory) {
    if (ref.startsWith("-")) {
      throw UsageErrors.usage(
          "`" + ref + "` is no commit.", "Write such as --since origin/main or --since HEAD~1");
    }
    Path root = Path.of(git(directory, ref, "rev-parse", "--show-toplevel").strip());
    Set<Path> files = new LinkedHashSet<>();
    add(
        files,
        root,
        git(root, ref, "diff", "--name-only", "-z", "--diff-filter=d", ref + "...HEAD"));
    add(files, root, git(root, ref, "diff", "--name-only", "-z", "--diff-filter=d", "HEAD"));
    add(files, root, git(root, ref, "ls-files", "--others", "--exclude-standard", "-z"));
    return files;
  }

  private static void add(Set<Path> files, Path root, String names) {
    for (String name : names.split("\0")) {
      if (!name.isEmpty()) {
        files.add(root.resolve(name).normalize());
      }
    }
  }

  private static String git(Path directory, String ref, String... words) {
    List<String> command = new ArrayList<>(List.of("git", "-C", directory.toString()));
    command.addAll(List.of(words));
    try {
      Process process =
          new ProcessBuilder(command)
              .redirectErrorStream(true)
              .redirectInput(ProcessBuilder.Redirect.PIPE)
              .start();
      process.getOutputStream().close();
      String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
      if (process.waitFor() != 0) {
        throw refused(ref, output);
      }
      return output;
    } catch (IOException e) {
      throw new PlumblineException(
          ErrorCode.UNREACHABLE,
          "git could not be run: " + e.getMessage(),
          "Nothing was looked at.",
          "Install git, or leave --since out to look at all files.",
          e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new PlumblineException(
          ErrorCode.BUSY, "The lint was stopped.", "A lint changes nothing.", "Run it again.", e);
    }
  }

  private static PlumblineException refused(String ref, String output) {
    String said = output.lines().filter(line -> !line.isBlank()).findFirst().orElse("nothing");
    return UsageErrors.usage(
        "git does not say what has changed since `" + ref + "`: " + said,
        "--since works in a git repository, with a branch, tag or commit that it has. In CI, fetch"
            + " the history first: git fetch origin "
            + ref.replaceFirst("^origin/", ""));
  }
}
