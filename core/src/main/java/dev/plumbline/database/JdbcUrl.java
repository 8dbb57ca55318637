package dev.plumbline.database;

import dev.plumbline.dialect.Dialect;
import dev.plumbline.dialect.PostgresDialect;
import dev.plumbline.dialect.SqliteDialect;
import dev.plumbline.error.ErrorCode;
import dev.plumbline.error.PlumblineException;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.Properties;
import java.util.regex.Pattern;

/**
 * A JDBC URL taken apart, so that its password is kept where nothing prints it.
 *
 * @param url without user and password
 * @param label how messages name the database: without credentials and parameters
 */
public record JdbcUrl(String url, String label, Dialect dialect, Properties properties) {
  private static final String SQLITE = "jdbc:sqlite:";

  /** SQLITE_OPEN_READWRITE without SQLITE_OPEN_CREATE. */
  private static final String OPEN_EXISTING = "2";

  private static final Pattern AUTHORITY = Pattern.compile("^(jdbc:postgresql://)([^/?]*)@");

  private static final Pattern HOSTS = Pattern.compile("^jdbc:postgresql://([^/?]*)");

  /** Behind a name, or behind the brackets of an address of IPv6. */
  private static final Pattern PORT = Pattern.compile(":([^:\\]]*)$");

  /**
   * @throws PlumblineException 78 if Plumbline does not speak to that kind of database, or if the
   *     URL is malformed
   */
  public static JdbcUrl parse(String text) {
    if (text.startsWith("jdbc:postgresql:")) {
      return postgres(text);
    }
    if (text.startsWith(SQLITE)) {
      return sqlite(text);
    }
    throw new PlumblineException(
        ErrorCode.PROJECT,
        "Plumbline does not know the kind of database in `" + kind(text) + "`.",
        "Nothing was changed.",
        "Write embedded:postgres, jdbc:postgresql://HOST:PORT/DATABASE or jdbc:sqlite:FILE.");
  }

  /** No more than the kind: what follows may hold a password anywhere. */
  private static String kind(String text) {
    int end = text.indexOf(':', text.startsWith("jdbc:") ? "jdbc:".length() : 0);
    return end < 0 ? text : text.substring(0, end + 1) + "…";
  }

  private static JdbcUrl postgres(String text) {
    Properties properties = new Properties();
    var authority = AUTHORITY.matcher(text);
    String rest = text;
    if (authority.find()) {
      String[] login = authority.group(2).split(":", 2);
      properties.setProperty("user", decode("user", login[0]));
      if (login.length > 1) {
        properties.setProperty("password", decode("password", login[1]));
      }
      rest = authority.replaceFirst("$1");
    }
    requirePorts(rest);
    int query = rest.indexOf('?');
    StringBuilder kept = new StringBuilder(query < 0 ? rest : rest.substring(0, query));
    char separator = '?';
    for (String parameter : query < 0 ? new String[0] : rest.substring(query + 1).split("&", -1)) {
      String[] pair = parameter.split("=", 2);
      String value = decode(pair[0], pair.length > 1 ? pair[1] : "");
      if (secret(pair[0])) {
        properties.setProperty(pair[0], value);
      } else if (!parameter.isEmpty()) {
        kept.append(separator).append(parameter);
        separator = '&';
      }
    }
    properties.putIfAbsent("ApplicationName", "plumb");
    properties.putIfAbsent("connectTimeout", "10");
    properties.putIfAbsent("tcpKeepAlive", "true");
    return new JdbcUrl(kept.toString(), label(rest), new PostgresDialect(), properties);
  }

  /** The driver would make a file that is missing; a wrong path must not look like an empty one. */
  private static JdbcUrl sqlite(String text) {
    String label = label(text);
    String file = label.substring(label.indexOf(':') + 1);
    if (file.isBlank() || file.contains(":memory:") || text.contains("mode=memory")) {
      throw new PlumblineException(
          ErrorCode.PROJECT,
          "`" + label + "` names no file: each connection would see an empty database of its own.",
          "Nothing was changed.",
          "Write jdbc:sqlite:FILE with the path of the database's file.");
    }
    Properties properties = new Properties();
    properties.setProperty("open_mode", OPEN_EXISTING);
    return new JdbcUrl(text, label, new SqliteDialect(), properties);
  }

  private static boolean secret(String parameter) {
    String name = parameter.toLowerCase(Locale.ROOT);
    return name.equals("user") || name.contains("password");
  }

  private static String label(String text) {
    int query = text.indexOf('?');
    return (query < 0 ? text : text.substring(0, query))
        .replaceFirst("^jdbc:", "")
        .replaceFirst("//.*@", "//…@"); // a password with a slash in it is none of the label
  }

  private static String decode(String part, String text) {
    try {
      return URLDecoder.decode(text.replace("+", "%2B"), StandardCharsets.UTF_8);
    } catch (IllegalArgumentException e) {
      throw malformed(
          "`" + part + "` has a % without two hexadecimal digits behind it", "Write %25 for a %.");
    }
  }

  /** The driver would only log it, and say nothing of why it does not take the URL. */
  private static void requirePorts(String url) {
    var hosts = HOSTS.matcher(url);
    if (!hosts.find()) {
      return;
    }
    for (String host : hosts.group(1).split(",", -1)) {
      var port = PORT.matcher(host);
      if (port.find() && !isPort(port.group(1))) {
        throw malformed( // without what stands there: it may be a part of a password
            "the port is no number from 1 to 65535",
            "Write jdbc:postgresql://HOST:PORT/DATABASE, and in user and password %2F for a slash,"
                + " %3A for a colon, %40 for an @.");
      }
    }
  }

  private static boolean isPort(String text) {
    return text.isEmpty()
        || (text.matches("\\d{1,5}")
            && Integer.parseInt(text) >= 1
            && Integer.parseInt(text) <= 65_535);
  }

  private static PlumblineException malformed(String what, String next) {
    return new PlumblineException(
        ErrorCode.PROJECT,
        "The database's URL is wrong: " + what + ".",
        "Nothing was changed.",
        next);
  }

  @Override
  public String toString() {
    return label;
  }
}
