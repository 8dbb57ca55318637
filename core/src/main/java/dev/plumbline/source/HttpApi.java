package dev.plumbline.source;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.plumbline.document.Document;
import dev.plumbline.document.UnreadableJson;
import dev.plumbline.error.ErrorCode;
import dev.plumbline.error.PlumblineException;
import dev.plumbline.http.ApiClient;
import dev.plumbline.http.ApiRequest;
import dev.plumbline.http.HttpSetting;
import dev.plumbline.http.Redaction;
import dev.plumbline.http.Reply;
import dev.plumbline.http.Reply.Answer;
import dev.plumbline.source.HttpRecords.Told;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.SortedSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Any JSON API that lists its records in pages, as a transform's file describes it. */
final class HttpApi implements DocumentSource {
  /** Each record is a request of its own; they are made side by side. */
  private static final int BATCH = 50;

  private static final Set<Integer> NOT_THERE = Set.of(404, 410);
  private static final Set<Integer> REFUSED = Set.of(400, 409, 413, 422);
  private static final int CONFLICT = 409;
  private static final int CHANGED = 412;

  private final SourceSetting.Http setting;
  private final ApiClient client;
  private final HttpRecords records;
  private final JqExpression items;
  private final JqExpression next;
  private final JqExpression item;

  private HttpApi(SourceSetting.Http setting, ApiClient client, HttpRecords records) {
    this.setting = setting;
    this.client = client;
    this.records = records;
    this.items = JqExpression.of("list.items", setting.list().items());
    this.next = JqExpression.of("list.next", setting.list().next());
    this.item = JqExpression.of("read.item", setting.read().item());
  }

  static HttpApi open(SourceSetting.Http setting, SortedSet<String> properties, String property) {
    wants("read.url", setting.read().url(), "{id}");
    wants("write.url", setting.write().url(), "{id}");
    setting.find().forEach((by, how) -> wants("find." + by + ".url", how.url(), "{value}"));
    HttpSetting http =
        new HttpSetting(setting.url(), setting.credential(), setting.headers(), setting.limits());
    HttpRecords records = new HttpRecords(setting, properties, property);
    return new HttpApi(setting, ApiClient.open(http), records);
  }

  private static void wants(String key, String address, String place) {
    if (!address.contains(place)) {
      throw new PlumblineException(
          ErrorCode.PROJECT,
          "The address under " + key + " says nowhere which record is meant.",
          "No request was made.",
          "Write " + place + " where it belongs, such as /records/" + place + ".");
    }
  }

  @Override
  public String label() {
    return "records of " + client.service();
  }

  /** Values in a query may be secrets, and are left out. */
  @Override
  public String place() {
    String paths =
        Stream.of(setting.list().url(), setting.read().url(), setting.write().url())
            .map(address -> address.replaceFirst("[?#].*", ""))
            .map(Redaction::of)
            .distinct()
            .collect(Collectors.joining(", "));
    return "records at " + client.place() + " (" + paths + ")";
  }

  @Override
  public Page page(Optional<String> after, int most) {
    String address = address(after).replace("{most}", String.valueOf(most));
    Answer answer = HttpAnswers.of(client.send(ApiRequest.get(address)));
    JsonNode body = HttpAnswers.success(client, label(), answer);
    List<Document> documents = new ArrayList<>();
    List<Unreadable> unreadable = new ArrayList<>();
    for (JsonNode each : elements(body)) {
      sort(records.tell(each, Optional.empty()), documents, unreadable);
    }
    return new Page(documents, unreadable, end(answer, after, address));
  }

  private static void sort(Told told, List<Document> documents, List<Unreadable> unreadable) {
    switch (told) {
      case Told.Readable(Document document) -> documents.add(document);
      case Told.Not(Unreadable not) -> unreadable.add(not);
    }
  }

  private String address(Optional<String> after) {
    String first = setting.list().url();
    if (after.isEmpty()) {
      return first;
    }
    return setting
        .list()
        .after()
        .map(
            name ->
                first
                    + (first.contains("?") ? "&" : "?")
                    + Encoded.query(name)
                    + "="
                    + Encoded.query(after.get()))
        .orElse(after.get());
  }

  @Override
  public void requirePlace(String place) {
    Optional<String> after = Optional.of(place);
    if (setting.list().after().isEmpty()) {
      requireHere(place);
    }
    String address = address(after).replace("{most}", "1");
    Answer answer = HttpAnswers.of(client.send(ApiRequest.get(address)));
    if (REFUSED.contains(answer.status()) || NOT_THERE.contains(answer.status())) {
      throw noPlace(Redaction.of(place), "the service answers " + said(answer), null);
    }
    HttpAnswers.success(client, label(), answer);
  }

  private void requireHere(String address) {
    try {
      client.resolve(address);
    } catch (PlumblineException notHere) {
      throw noPlace(Redaction.of(address), "places are addresses at " + client.service(), notHere);
    }
  }

  private static PlumblineException noPlace(String place, String why, @Nullable Exception cause) {
    return new PlumblineException(
        ErrorCode.USAGE,
        "`" + place + "` is no place in the list of records: " + why + ".",
        "Nothing was written.",
        "Write what `next` under list: gives for the page before, or leave --from out.",
        cause);
  }

  /** One array, or each record by itself. */
  private List<JsonNode> elements(JsonNode body) {
    List<JsonNode> given = items.all(body, Map.of());
    if (given.size() != 1 || !given.getFirst().isArray()) {
      return given.stream().filter(JsonNode::isObject).toList();
    }
    List<JsonNode> elements = new ArrayList<>();
    given.getFirst().forEach(elements::add);
    return elements;
  }

  private Optional<String> end(Answer answer, Optional<String> after, String address) {
    ObjectNode headers = JsonNodeFactory.instance.objectNode();
    answer.headers().forEach(headers::put);
    Optional<String> end =
        next.first(answer.body(), Map.of("headers", headers))
            .filter(value -> value.isTextual() || value.isNumber())
            .map(JsonNode::asText)
            .filter(text -> !text.isEmpty())
            .map(text -> setting.list().after().isPresent() ? text : absolute(address, text));
    if (end.isPresent() && end.equals(after)) {
      throw new PlumblineException(
          ErrorCode.PROJECT,
          "The service names the page that it has just given as the next one.",
          "Nothing was written by this request.",
          "See under list: whether next and after are what the service means by them.");
    }
    return end;
  }

  /** What an answer names is relative to where it was given (RFC 3986, 5). */
  private String absolute(String address, String given) {
    try {
      return client.resolve(address).resolve(given).toString();
    } catch (IllegalArgumentException notOne) {
      return given;
    }
  }

  @Override
  public List<Document> read(Collection<String> ids) {
    List<String> different = List.copyOf(new LinkedHashSet<>(ids));
    return SideBySide.map(different, this::readOne).stream()
        .flatMap(Optional::stream)
        .map(HttpApi::readable)
        .toList();
  }

  @Override
  public Page named(Collection<String> ids) {
    List<String> different = List.copyOf(new LinkedHashSet<>(ids));
    List<Document> documents = new ArrayList<>();
    List<Unreadable> unreadable = new ArrayList<>();
    for (Optional<Told> one : SideBySide.map(different, this::readOne)) {
      one.ifPresent(told -> sort(told, documents, unreadable));
    }
    return new Page(documents, unreadable, Optional.empty());
  }

  private Optional<Told> readOne(String id) {
    if (id.isEmpty()) {
      return Optional.empty();
    }
    return one(setting.read().url().replace("{id}", Encoded.path(id)), item)
        .filter(told -> told.id().equals(id));
  }

  private Optional<Told> one(String address, JqExpression where) {
    Answer answer = HttpAnswers.of(client.send(ApiRequest.get(address)));
    if (NOT_THERE.contains(answer.status())) {
      return Optional.empty();
    }
    return where
        .first(HttpAnswers.success(client, label(), answer))
        .map(record -> records.tell(record, answer.header("etag")));
  }

  private static Document readable(Told told) {
    return switch (told) {
      case Told.Readable(Document document) -> document;
      case Told.Not(Unreadable not) ->
          throw new PlumblineException(
              ErrorCode.PROJECT,
              "The record " + not.id() + " cannot be read: " + not.what() + ".",
              "Nothing was written by this request.",
              "Say values: true in the transform's file where documents are JSON values.");
    };
  }

  @Override
  public Optional<Document> find(String by, String value) {
    SourceSetting.Reading how = setting.find().get(by);
    if (how == null) {
      throw new PlumblineException(
          ErrorCode.USAGE,
          "The transform's file does not say how a record is found by " + by + ".",
          "Nothing was read or written.",
          "Name it by --id, or add find: {" + by + ": {url: …, item: …}} to the file.");
    }
    JqExpression found = JqExpression.of("find." + by + ".item", how.item());
    return one(how.url().replace("{value}", Encoded.path(value)), found).map(HttpApi::readable);
  }

  @Override
  public List<Written> write(List<Write> writes) {
    return SideBySide.map(writes, this::writeOne);
  }

  private Written writeOne(Write write) {
    SourceSetting.Writing how = setting.write();
    Optional<String> known = how.check() ? write.version() : Optional.empty();
    try {
      ApiRequest request =
          new ApiRequest(
              ApiRequest.Kind.WRITE,
              how.method(),
              how.url().replace("{id}", Encoded.path(write.id())),
              known.map(version -> Map.of("If-Match", version)).orElse(Map.of()),
              Optional.of(records.body(write)));
      return fate(write.id(), client.send(request), known.isPresent());
    } catch (UnreadableJson notJson) {
      return new Written(write.id(), Fate.REFUSED, "not JSON: " + notJson.getMessage());
    }
  }

  private Written fate(String id, Reply reply, boolean checked) {
    return switch (reply) {
      case Reply.Lost lost -> new Written(id, Fate.UNKNOWN, lost.what());
      case Answer answer when answer.isSuccess() -> Written.done(id);
      case Answer answer when NOT_THERE.contains(answer.status()) ->
          new Written(id, Fate.GONE, said(answer));
      case Answer answer when answer.status() == CHANGED -> changed(id, answer);
      case Answer answer when checked && answer.status() == CONFLICT -> changed(id, answer);
      case Answer answer when REFUSED.contains(answer.status()) ->
          new Written(id, Fate.REFUSED, said(answer));
      case Answer answer -> throw HttpAnswers.unexpected(client, label(), answer);
    };
  }

  private Written changed(String id, Answer answer) {
    return new Written(id, Fate.CHANGED, said(answer));
  }

  private String said(Answer answer) {
    return (answer.status() + " " + client.said(answer)).strip();
  }

  @Override
  public OptionalLong count() {
    return OptionalLong.empty();
  }

  @Override
  public int batch() {
    return BATCH;
  }

  @Override
  public Optional<Allowance> allowance() {
    return Optional.of(HttpAnswers.allowance(client));
  }

  @Override
  public boolean keepsValues() {
    return setting.values();
  }

  @Override
  public Optional<String> kept(String text) {
    return Optional.of(text);
  }

  @Override
  public void close() {
    client.close();
  }
}
