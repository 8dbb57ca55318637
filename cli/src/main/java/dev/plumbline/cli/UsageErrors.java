package dev.plumbline.cli;

import dev.plumbline.error.ErrorCode;
import dev.plumbline.error.PlumblineException;
import dev.plumbline.error.Suggestion;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import picocli.CommandLine;
import picocli.CommandLine.Model.ArgSpec;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;
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
    ArgSpec argument = thrown.getArgSpec();
    if (argument != null && thrown.getClass() == ParameterException.class) {
      return unreadable(argument, thrown, help);
    }
    return new PlumblineException(
        ErrorCode.USAGE, sentence(String.valueOf(thrown.getMessage())), SAFE, help, thrown);
  }

  /** A value that is none of the argument's type. */
  private static PlumblineException unreadable(
      ArgSpec argument, ParameterException thrown, String help) {
    String name =
        argument instanceof OptionSpec option ? option.longestName() : argument.paramLabel();
    String but = thrown.getValue() == null ? "" : ", not `" + thrown.getValue() + "`";
    return new PlumblineException(
        ErrorCode.USAGE,
        "`" + name + "` takes " + takes(argument) + but + ".",
        SAFE,
        example(name).map(text -> "Write such as " + name + " " + text + "\n").orElse("") + help,
        thrown);
  }

  private static String takes(ArgSpec argument) {
    Class<?> type = argument.type();
    if (Map.class.isAssignableFrom(type)) {
      return argument.paramLabel() + ", where the first is one of " + words(argument);
    }
    if (type == RunReference.class) {
      return "a run as `plumb runs` lists it, such as 7 or d7";
    }
    return type.isEnum() ? "one of " + words(argument) : "a whole number";
  }

  /** The words of an enum, or of a map's keys. */
  private static String words(ArgSpec argument) {
    Class<?> type = argument.type().isEnum() ? argument.type() : argument.auxiliaryTypes()[0];
    return Arrays.stream(type.getEnumConstants())
        .map(String::valueOf)
        .collect(Collectors.joining(", "));
  }

  private static Optional<String> example(String option) {
    return switch (option) {
      case "--batch-size" -> Optional.of("1000");
      case "--limit" -> Optional.of("100");
      case "--samples" -> Optional.of("10");
      case "--workers" -> Optional.of("2");
      case "--report" -> Optional.of("junit=audit.xml");
      default -> Optional.empty();
    };
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
          Suggestion.sentence(word, commandNames(command)) + "\n" + help);
    }
    return usage("`" + name + "` does not take `" + word + "`.", help);
  }

  private static String near(String word, List<String> known) {
    return Suggestion.closest(word, known).map(near -> "Did you mean `" + near + "`?\n").orElse("");
  }

  private static List<String> commandNames(CommandLine command) {
    return command.getSubcommands().entrySet().stream()
        .filter(named -> !named.getValue().getCommandSpec().usageMessage().hidden())
        .map(Map.Entry::getKey)
        .toList();
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
