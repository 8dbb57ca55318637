package dev.plumbline.document;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import net.thisptr.jackson.jq.JsonQuery;
import net.thisptr.jackson.jq.Scope;
import net.thisptr.jackson.jq.Version;
import net.thisptr.jackson.jq.Versions;
import net.thisptr.jackson.jq.exception.JsonQueryException;
import net.thisptr.jackson.jq.exception.JsonQueryUserException;

/** A jq program, compiled once; for any number of threads. */
public final class JqProgram {
  static final Version LANGUAGE = Versions.JQ_1_7;

  private static final int LONGEST_MESSAGE = 500;
  private static final Pattern PLACE = Pattern.compile(" at line (\\d+), column (\\d+)");

  private final JsonQuery query;
  private final Scope scope;

  private JqProgram(JsonQuery query, Scope scope) {
    this.query = query;
    this.scope = scope;
  }

  static JqProgram compile(Program.Jq program, Scope scope) {
    try {
      JsonQuery.compile(program.text(), LANGUAGE);
      return new JqProgram(JsonQuery.compile(JqNames.spread(program.text()), LANGUAGE), scope);
    } catch (JsonQueryException e) {
      throw new IllegalArgumentException("not checked when it was read: " + e.getMessage(), e);
    }
  }

  /**
   * What is wrong with a program's text; nothing: it can be run on any document.
   *
   * @param variables those that it is given
   */
  public static List<JqFault> faults(String text, Collection<String> variables) {
    try {
      JsonQuery.compile(text, LANGUAGE);
    } catch (JsonQueryException | RuntimeException e) {
      return List.of(fault(e.getCause() == null ? e : e.getCause()));
    } catch (StackOverflowError e) {
      return List.of(new JqFault(1, 1, "is nested too deep", "Take it apart by `def`."));
    }
    return JqNames.faults(text, variables);
  }

  private static JqFault fault(Throwable cause) {
    String said = String.valueOf(cause.getMessage()).lines().findFirst().orElse("");
    Matcher place = PLACE.matcher(said);
    if (!place.find()) {
      return unreadable(1, 1, said);
    }
    String found = said.substring(0, place.start()).replaceAll("^Encountered \" *|\" *$", "");
    String word = found.replaceAll("^\"|\".*$", "");
    return unreadable(
        Integer.parseInt(place.group(1)),
        Integer.parseInt(place.group(2)),
        word.equals("<EOF>")
            ? "the program ends too early"
            : "`" + word + "` is not expected here");
  }

  private static JqFault unreadable(int line, int column, String what) {
    return new JqFault(
        line, column, "cannot be read: " + what, "Mend the program here or just before.");
  }

  /** Every value that it gives. */
  List<JsonNode> all(JsonNode input, Map<String, JsonNode> variables) throws ProgramFailed {
    Scope own = Scope.newChildScope(scope);
    variables.forEach(own::setValue);
    List<JsonNode> values = new ArrayList<>(1);
    JqLibrary.begin();
    try {
      query.apply(own, input, values::add);
      return values;
    } catch (JsonQueryException | RuntimeException e) {
      throw new ProgramFailed(what(e));
    } catch (StackOverflowError e) {
      throw new ProgramFailed("it calls itself too deep");
    }
  }

  /** The library's complaint; values stand in brackets in it, and may be private. */
  private static String what(Exception e) {
    if (e instanceof JsonQueryUserException own) {
      return what(own.getMessageAsJsonNode());
    }
    String said = String.valueOf(e.getMessage());
    return e instanceof JsonQueryException && !said.equals("N/A")
        ? said.replaceFirst("(?s) \\(.*\\)", "")
            .replaceFirst("\\R(?s).*", "")
            .replace("str\u0131ng", "string") // it makes the names of types in the user's language
        : "it cannot compute with a value of the document";
  }

  /** {@code error} by itself hands on the value that it was given, which may be the document. */
  private static String what(JsonNode message) {
    if (!message.isTextual()) {
      return "it calls `error` without a text";
    }
    String line = message.textValue().strip().replaceAll("[\\p{Cntrl}\\s]+", " ");
    return line.length() > LONGEST_MESSAGE ? line.substring(0, LONGEST_MESSAGE) + "…" : line;
  }

  /** Its one value. */
  JsonNode one(JsonNode input, Map<String, JsonNode> variables) throws ProgramFailed {
    List<JsonNode> values = all(input, variables);
    if (values.size() != 1) {
      String given = values.isEmpty() ? "nothing" : values.size() + " values";
      throw new ProgramFailed("the program gives " + given + ", where one value is wanted");
    }
    return values.getFirst();
  }
}
