package dev.plumbline.cli;

import java.util.Locale;

/** The commands, in the order in which the help lists them. */
enum Commands {
  DEMO("Shows all of this on real databases, in a minute."),
  AUDIT("Counts and lists what violates the invariants. It only reads."),
  /** Called by the launcher, not by people. */
  WARM_UP("");

  private final String summary;

  Commands(String summary) {
    this.summary = summary;
  }

  /** The word on the command line. */
  String word() {
    return name().toLowerCase(Locale.ROOT).replace('_', '-');
  }

  /** One line for the list of commands. */
  String summary() {
    return summary;
  }

  /** The command, with the options and parameters that it declares. */
  Command make(Invocation invocation) {
    return switch (this) {
      case DEMO -> new DemoCommand(invocation);
      case AUDIT -> new AuditCommand(invocation);
      case WARM_UP -> new WarmUpCommand();
    };
  }
}
