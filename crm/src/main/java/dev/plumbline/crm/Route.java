package dev.plumbline.crm;

import dev.plumbline.crm.Traffic.Kind;
import java.util.List;

/** Where a request goes: what it asks for, of which type, and of which record. */
record Route(Kind kind, String type, String id) {
  private static final String ROOT = "/crm/v3/objects/";

  static Route of(String method, String path) {
    if (!path.startsWith(ROOT)) {
      throw ApiError.noSuchPlace();
    }
    List<String> parts = List.of(path.substring(ROOT.length()).split("/", -1));
    String type = parts.getFirst();
    if (!type.matches("[a-z0-9_-]+")) {
      throw ApiError.noSuchPlace();
    }
    return switch (String.join("/", parts.subList(1, parts.size()))) {
      case "" ->
          new Route(method.equals("GET") ? Kind.LIST : only(method, "POST", Kind.CREATE), type, "");
      case "search" -> new Route(only(method, "POST", Kind.SEARCH), type, "");
      case "batch/read" -> new Route(only(method, "POST", Kind.BATCH_READ), type, "");
      case "batch/update" -> new Route(only(method, "POST", Kind.BATCH_UPDATE), type, "");
      default -> {
        if (parts.size() != 2) {
          throw ApiError.noSuchPlace();
        }
        Kind kind = method.equals("GET") ? Kind.READ : only(method, "PATCH", Kind.UPDATE);
        yield new Route(kind, type, parts.get(1));
      }
    };
  }

  private static Kind only(String method, String allowed, Kind kind) {
    if (!method.equals(allowed)) {
      throw ApiError.wrongMethod();
    }
    return kind;
  }

  boolean writes() {
    return switch (kind) {
      case BATCH_UPDATE, UPDATE, CREATE -> true;
      case LIST, READ, SEARCH, BATCH_READ -> false;
    };
  }
}
