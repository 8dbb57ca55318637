package dev.plumbline.backup;

import dev.plumbline.database.JdbcUrl;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * A JDBC URL as PostgreSQL's own programs understand it: <a
 * href="https://www.postgresql.org/docs/current/libpq-envars.html">variables of the
 * environment</a>. Those that are set already do not count, or they would lead to another database.
 */
final class LibpqEnvironment {
  private static final String POSTGRES = "jdbc:postgresql:";

  /** Parameters that mean the same to both. */
  private static final Map<String, String> SAME =
      Map.of(
          "sslmode", "PGSSLMODE",
          "sslrootcert", "PGSSLROOTCERT",
          "sslcert", "PGSSLCERT",
          "sslkey", "PGSSLKEY",
          "options", "PGOPTIONS",
          "passfile", "PGPASSFILE",
          "channelBinding", "PGCHANNELBINDING");

  private LibpqEnvironment() {}

  static Map<String, String> of(JdbcUrl url, Map<String, String> environment) {
    Map<String, String> variables = without(environment);
    String text = url.url().substring(POSTGRES.length());
    int query = text.indexOf('?');
    String place = query < 0 ? text : text.substring(0, query);
    if (place.startsWith("//")) {
      int slash = place.indexOf('/', 2);
      hosts(variables, slash < 0 ? place.substring(2) : place.substring(2, slash));
      place = slash < 0 ? "" : place.substring(slash + 1);
    } else {
      hosts(variables, "");
    }
    String user = url.properties().getProperty("user", System.getProperty("user.name"));
    variables.put("PGUSER", user);
    variables.put("PGDATABASE", place.isEmpty() ? user : decode(place));
    if (url.properties().containsKey("password")) {
      variables.put("PGPASSWORD", url.properties().getProperty("password"));
    }
    if (query >= 0) {
      parameters(variables, text.substring(query + 1));
    }
    return variables;
  }

  private static Map<String, String> without(Map<String, String> environment) {
    Map<String, String> variables = new HashMap<>(environment);
    variables.keySet().removeIf(name -> name.startsWith("PG"));
    variables.put("PGAPPNAME", "plumb");
    variables.put("PGCONNECT_TIMEOUT", "10");
    return variables;
  }

  private static void hosts(Map<String, String> variables, String list) {
    List<String> hosts = new ArrayList<>();
    List<String> ports = new ArrayList<>();
    for (String one : list.split(",", -1)) {
      int colon = one.lastIndexOf(':');
      boolean port = colon > one.lastIndexOf(']');
      String host = port ? one.substring(0, colon) : one;
      hosts.add(host.isEmpty() ? "localhost" : host.replaceAll("^\\[|\\]$", ""));
      ports.add(port && colon + 1 < one.length() ? one.substring(colon + 1) : "5432");
    }
    variables.put("PGHOST", String.join(",", hosts));
    variables.put("PGPORT", String.join(",", ports));
  }

  private static void parameters(Map<String, String> variables, String query) {
    for (String parameter : query.split("&")) {
      String[] pair = parameter.split("=", 2);
      String value = pair.length > 1 ? decode(pair[1]) : "";
      if (SAME.containsKey(pair[0])) {
        variables.put(SAME.get(pair[0]), value);
      } else if (pair[0].equals("ssl") && !value.equals("false")) {
        variables.putIfAbsent("PGSSLMODE", "verify-full"); // what the driver makes of it
      }
    }
  }

  private static String decode(String text) {
    return URLDecoder.decode(text.replace("+", "%2B"), StandardCharsets.UTF_8);
  }
}
