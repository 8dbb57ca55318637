package dev.plumbline.cli;

import dev.plumbline.execution.RunReport;
import dev.plumbline.project.Project;
import dev.plumbline.project.ReadOptions;
import dev.plumbline.repair.Repair;
import dev.plumbline.repair.RepairPlan;
import dev.plumbline.report.ErrorText;
import dev.plumbline.report.Sources;
import dev.plumbline.report.TextStyle;
import dev.plumbline.run.Listener;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;

/**
 * One call of the command line: where it prints, its global options, and the environment's
 * variables.
 */
record Invocation(
    Terminal terminal, GlobalOptions options, Map<String, String> environment, Stopping stopping) {

  Path directory() {
    return options.project == null ? Path.of("") : options.project;
  }

  boolean json() {
    return options.format == GlobalOptions.Format.json;
  }

  ReadOptions readOptions() {
    return new ReadOptions(
        Optional.ofNullable(options.env), environment, Optional.ofNullable(options.database));
  }

  /** Shows how a run goes on, beside its result. */
  RunProgress progress(long rows) {
    return new RunProgress(terminal.err(), terminal.redraws(), rows, System::nanoTime);
  }

  /** Runs a repair, showing how it goes on, and stopping it at a batch's end when asked to. */
  RunReport run(Project project, Repair repair, RepairPlan plan) {
    RunNews news = new RunNews(this, project);
    return news.run(
        news.about(
            "repair",
            plan.invariant().name(),
            Optional.empty(),
            plan.rows(),
            plan.options().batchSize()),
        told -> run(repair, plan, told));
  }

  private RunReport run(Repair repair, RepairPlan plan, Listener told) {
    RunProgress progress = progress(plan.rows());
    try (Stopping.Scope stopping = stopping().calling(repair::stop)) {
      return repair.run(plan, progress.and(told));
    } finally {
      progress.end();
    }
  }

  /** Does something that may take a while, and says meanwhile on a terminal what it is. */
  <T> T waiting(String what, Supplier<T> work) {
    if (!terminal.redraws()) {
      return work.get();
    }
    terminal.err().print(what + " …");
    terminal.err().flush();
    try {
      return work.get();
    } finally {
      terminal.err().print(RunProgress.CLEAR);
      terminal.err().flush();
    }
  }

  /** How results are laid out. */
  TextStyle style() {
    return new TextStyle(terminal.colour(), terminal.columns(), again());
  }

  /** How errors are laid out. */
  ErrorText errors(Sources sources) {
    return new ErrorText(
        new TextStyle(terminal.errorColour(), terminal.columns(), again()), sources);
  }

  /** How the user calls the program again for the same project. A URL may hold a password. */
  private String again() {
    StringBuilder call = new StringBuilder("plumb");
    if (options.project != null) {
      call.append(" --project ").append(shell(options.project.toString()));
    }
    if (options.env != null) {
      call.append(" --env ").append(shell(options.env));
    }
    if (options.database != null) {
      call.append(" --database ")
          .append(
              options.database.contains("@") || options.database.contains("?")
                  ? "…"
                  : shell(options.database));
    }
    return call.toString();
  }

  private static String shell(String word) {
    return word.matches("[\\w./:@%+=,-]+") ? word : "'" + word.replace("'", "'\\''") + "'";
  }

  /** The project's files, as errors show them. */
  static Optional<String> source(Path file) {
    try {
      return Files.isRegularFile(file) ? Optional.of(Files.readString(file)) : Optional.empty();
    } catch (IOException e) {
      return Optional.empty(); // the error itself matters more than the line it is about
    }
  }
}
