package dev.plumbline.crm;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.net.URI;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * A request as it came.
 *
 * @param number its place among all requests, from 1
 * @param token what it brought as its bearer token; empty: nothing
 */
record Call(
    long number, String method, String path, Map<String, String> query, String token, String text) {

  static Map<String, String> query(URI uri) {
    Map<String, String> query = new HashMap<>();
    String raw = uri.getRawQuery();
    for (String part : raw == null ? new String[0] : raw.split("&")) {
      String[] sides = part.split("=", 2);
      query.merge(
          decoded(sides[0]),
          sides.length == 2 ? decoded(sides[1]) : "",
          (first, next) -> first + "," + next);
    }
    return query;
  }

  private static String decoded(String text) {
    return URLDecoder.decode(text, StandardCharsets.UTF_8);
  }

  ObjectNode body() {
    return Json.read(text);
  }

  /** The properties that the answer is to show; empty: the usual ones. */
  List<String> properties() {
    String names = query.getOrDefault("properties", "");
    return names.isEmpty() ? List.of() : List.of(names.split(","));
  }
}
