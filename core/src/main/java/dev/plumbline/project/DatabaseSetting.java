package dev.plumbline.project;

import java.util.regex.Pattern;

/**
 * Which database a command works on. Its text form holds no password; {@link #url} does.
 *
 * @param url {@code embedded:postgres}, {@code jdbc:postgresql:…} or {@code jdbc:sqlite:…},
 *     variables filled in
 * @param origin where it comes from, in words: {@code --database}, or a file with line and column
 */
public record DatabaseSetting(String url, String origin) {
  private static final Pattern USER_PASSWORD = Pattern.compile("//([^:/@]*):.*@");
  private static final Pattern SECRET_PARAMETER =
      Pattern.compile("(?i)([?&;][^=&;]*(?:password|passwd|pwd|secret|token)[^=&;]*=)[^&;]*");

  /** The address with every password replaced; rather too much is replaced than too little. */
  public String redacted() {
    return redact(url);
  }

  static String redact(String url) {
    String withoutUser = USER_PASSWORD.matcher(url).replaceAll("//$1:***@");
    return SECRET_PARAMETER.matcher(withoutUser).replaceAll("$1***");
  }

  @Override
  public String toString() {
    return redacted() + " (" + origin + ")";
  }
}
