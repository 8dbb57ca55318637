package dev.plumbline.cli;

import dev.plumbline.error.ErrorCode;
import dev.plumbline.error.PlumblineException;
import dev.plumbline.error.Suggestion;
import java.util.Arrays;
import java.util.List;
import picocli.CommandLine;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.UnmatchedArgumentException;

/** What is wrong with a command line, in three parts. */
final class UsageErrors {
  private static final String SAFE = "Nothing was looked at or changed.";

  private UsageErrors() {}

  static PlumblineException of(ParameterException thrown) {
    CommandLine command = thrown.getCommandLine();
    String help = "See " + command.getCommandSpec().qualifiedName(" ") + " --help";
    if (thrown instanceof UnmatchedArgumentException unmatched
        && !unmatched.getUnmatched().isEmpty()) {
      return unmatched(unmatched.getUnmatched().getFirst(), command, help);
    }
    return new PlumblineException(
        ErrorCode.USAGE, sentence(String.valueOf(thrown.getMessage())), SAFE, help, thrown);
  }

  private static PlumblineException unmatched(String word, CommandLine command, String help) {
    String name = command.getCommandSpec().qualifiedName(" ");
    if (word.startsWith("-")) {
      String option = word.replaceFirst("=.*", "");
      return usage(
          "`" + name + "` has no option `" + option + "`.",
          near(option, optionNames(command.getCommandSpec())) + help);
    }
    if (command.getParent() == null) {
      return usage(
          "There is no command `" + word + "`.",
          Suggestion.sentence(word, List.copyOf(command.getSubcommands().keySet())) + "\n" + help);
    }
    return usage("`" + name + "` does not take `" + word + "`.", help);
  }

  private static String near(String word, List<String> known) {
    return Suggestion.closest(word, known).map(near -> "Did you mean `" + near + "`?\n").orElse("");
  }

  private static List<String> optionNames(CommandSpec spec) {
    return spec.options().stream().flatMap(option -> Arrays.stream(option.names())).toList();
  }

  private static String sentence(String message) {
    return message.endsWith(".") ? message : message + ".";
  }

  static PlumblineException usage(String what, String next) {
    return new PlumblineException(ErrorCode.USAGE, what, SAFE, next);
  }
}
