package dev.plumbline.project;

/** Text as it would be written in a YAML file, for suggestions. */
final class YamlText {
  private YamlText() {}

  /** {@code key: "value"} with the quotes that need no escapes; a block where both would. */
  static String quoted(String key, String value) {
    if (!value.contains("\"") && !value.contains("\\")) {
      return key + ": \"" + value + "\"";
    }
    if (!value.contains("'")) {
      return key + ": '" + value + "'";
    }
    return key + ": | and, indented on the next line, " + value;
  }
}
