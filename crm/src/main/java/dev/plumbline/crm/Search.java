package dev.plumbline.crm;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/** A search: groups of filters (any group, all of its filters), an order, a page of the result. */
record Search(List<List<Filter>> groups, Optional<Sort> sort, int limit, int after) {
  private static final int MOST_GROUPS = 5;
  private static final int MOST_FILTERS = 6;
  private static final int MOST_FILTERS_IN_ALL = 18;
  private static final int MOST_IN_A_PAGE = 200;
  private static final int MOST_RESULTS = 10_000;

  /** What a search's result is ordered by; without any, by the id. */
  record Sort(String property, boolean descending) {}

  /**
   * A page of a result.
   *
   * @param total of all pages
   */
  record Found(List<CrmRecord> records, int total) {}

  static Search read(ObjectNode body, Table table) {
    List<List<Filter>> groups = groups(body.path("filterGroups"), table);
    int limit = body.path("limit").asInt(10);
    if (limit < 1 || limit > MOST_IN_A_PAGE) {
      throw ApiError.invalid("Limit must be between 1 and " + MOST_IN_A_PAGE + ".");
    }
    return new Search(groups, sort(body.path("sorts"), table), limit, after(body, limit));
  }

  private static List<List<Filter>> groups(JsonNode nodes, Table table) {
    List<List<Filter>> groups = new ArrayList<>();
    int filters = 0;
    for (JsonNode node : nodes) {
      List<Filter> group = new ArrayList<>();
      node.path("filters").forEach(filter -> group.add(Filter.read(filter, table)));
      if (group.size() > MOST_FILTERS) {
        throw ApiError.invalid("A filter group has at most " + MOST_FILTERS + " filters.");
      }
      filters += group.size();
      groups.add(List.copyOf(group));
    }
    if (groups.size() > MOST_GROUPS || filters > MOST_FILTERS_IN_ALL) {
      throw ApiError.invalid(
          "A search has at most %d filter groups and %d filters."
              .formatted(MOST_GROUPS, MOST_FILTERS_IN_ALL));
    }
    return List.copyOf(groups);
  }

  private static Optional<Sort> sort(JsonNode nodes, Table table) {
    if (nodes.size() > 1) {
      throw ApiError.invalid("Only one sort is allowed.");
    }
    if (nodes.isEmpty()) {
      return Optional.empty();
    }
    JsonNode node = nodes.get(0);
    String property = node.isTextual() ? node.asText() : node.path("propertyName").asText();
    if (!table.knows(property)) {
      throw ApiError.invalid("Property '" + property + "' does not exist.");
    }
    return Optional.of(new Sort(property, node.path("direction").asText().equals("DESCENDING")));
  }

  private static int after(ObjectNode body, int limit) {
    String after = body.path("after").asText("");
    if (!after.matches("[0-9]{0,9}")) {
      throw ApiError.invalid("Invalid 'after': " + after + ".");
    }
    int place = after.isEmpty() ? 0 : Integer.parseInt(after);
    if (place + limit > MOST_RESULTS) {
      throw ApiError.invalid(
          "There was a problem with the request: a query returns at most "
              + MOST_RESULTS
              + " results.");
    }
    return place;
  }

  Found in(Table table) {
    List<CrmRecord> matching = table.all().stream().filter(each -> matches(table, each)).toList();
    List<CrmRecord> sorted =
        sort.isEmpty() || isById(sort.get())
            ? matching
            : matching.stream().sorted(order(table, sort.get())).toList();
    return new Found(sorted.stream().skip(after).limit(limit).toList(), sorted.size());
  }

  private boolean matches(Table table, CrmRecord record) {
    return groups.isEmpty()
        || groups.stream()
            .anyMatch(group -> group.stream().allMatch(filter -> filter.holds(table, record)));
  }

  /** The order that records are kept in. */
  private static boolean isById(Sort sort) {
    return sort.property().equals("hs_object_id") && !sort.descending();
  }

  private static Comparator<CrmRecord> order(Table table, Sort sort) {
    Comparator<CrmRecord> order =
        Comparator.comparing(
            record -> table.text(record, sort.property()).orElse(""), Filter::compare);
    return sort.descending() ? order.reversed() : order;
  }
}
