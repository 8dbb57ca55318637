package dev.plumbline.crm;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;

/** The requests of the CRM's API, carried out. */
final class Api {
  private static final int MOST_IN_A_LIST = 100;

  private final Store store;
  private final Batches batches;
  private final Study study;

  Api(Store store, Batches batches, Study study) {
    this.store = store;
    this.batches = batches;
    this.study = study;
  }

  Answer carryOut(Route route, Call call, Faults faults) {
    Table table = store.table(route.type());
    Consumer<CrmRecord> listed = record -> study.after(Learning.Moment.AFTER_LIST, table, record);
    Consumer<CrmRecord> read = record -> study.after(Learning.Moment.AFTER_READ, table, record);
    return switch (route.kind()) {
      case LIST -> list(table, call, listed);
      case SEARCH -> search(table, call, listed);
      case READ -> read(table, route, call, read);
      case BATCH_READ -> batches.read(table, call.body(), read);
      case BATCH_UPDATE -> batches.update(table, call.body(), faults);
      case UPDATE -> update(table, route, call, faults);
      case CREATE -> create(table, call);
    };
  }

  private static Answer list(Table table, Call call, Consumer<CrmRecord> afterReading) {
    int limit = limit(call);
    List<CrmRecord> found = table.after(place(call), limit + 1);
    List<CrmRecord> page = found.subList(0, Math.min(limit, found.size()));
    ObjectNode body = Json.object();
    body.set("results", shown(table, page, call.properties()));
    if (found.size() > limit) {
      next(body, String.valueOf(page.getLast().id()));
    }
    page.forEach(afterReading);
    return new Answer(200, body);
  }

  private static int limit(Call call) {
    String limit = call.query().getOrDefault("limit", "10");
    if (!limit.matches("[0-9]{1,9}")
        || Integer.parseInt(limit) < 1
        || Integer.parseInt(limit) > MOST_IN_A_LIST) {
      throw ApiError.invalid("Invalid limit: " + limit + ". It lies between 1 and 100.");
    }
    return Integer.parseInt(limit);
  }

  private static long place(Call call) {
    String after = call.query().getOrDefault("after", "0");
    if (!after.matches("[0-9]{1,18}")) {
      throw ApiError.invalid("Invalid 'after': " + after + ".");
    }
    return Long.parseLong(after);
  }

  private static Answer search(Table table, Call call, Consumer<CrmRecord> afterReading) {
    ObjectNode asked = call.body();
    Search search = Search.read(asked, table);
    List<String> wanted = new java.util.ArrayList<>();
    asked.path("properties").forEach(name -> wanted.add(name.asText()));
    Search.Found found = search.in(table);
    ObjectNode body = Json.object().put("total", found.total());
    body.set("results", shown(table, found.records(), wanted));
    if (search.after() + search.limit() < found.total()) {
      next(body, String.valueOf(search.after() + search.limit()));
    }
    found.records().forEach(afterReading);
    return new Answer(200, body);
  }

  private static com.fasterxml.jackson.databind.node.ArrayNode shown(
      Table table, List<CrmRecord> records, List<String> wanted) {
    return Json.list(records.stream().map(record -> Records.show(table, record, wanted)).toList());
  }

  private static void next(ObjectNode body, String after) {
    body.putObject("paging").putObject("next").put("after", after);
  }

  private static Answer read(
      Table table, Route route, Call call, Consumer<CrmRecord> afterReading) {
    CrmRecord record = Records.existing(table, route.id(), idProperty(call));
    ObjectNode shown = Records.show(table, record, call.properties());
    afterReading.accept(record);
    return new Answer(200, shown);
  }

  private Answer update(Table table, Route route, Call call, Faults faults) {
    CrmRecord record = Records.existing(table, route.id(), idProperty(call));
    Map<String, String> values =
        Updates.checked(table, record, call.body().path("properties"), faults);
    CrmRecord after = store.write(table, record.id(), values, Change.By.CLIENT, "");
    return new Answer(200, Records.show(table, after, values.keySet()));
  }

  private Answer create(Table table, Call call) {
    Map<String, String> values = Records.values(table, call.body().path("properties"));
    CrmRecord created = store.create(table, values);
    return new Answer(201, Records.show(table, created, values.keySet()));
  }

  private static String idProperty(Call call) {
    return call.query().getOrDefault("idProperty", "");
  }
}
