package dev.plumbline.source;

import com.fasterxml.jackson.databind.JsonNode;
import dev.plumbline.document.Document;
import dev.plumbline.error.ErrorCode;
import dev.plumbline.error.PlumblineException;
import dev.plumbline.http.ApiClient;
import dev.plumbline.http.ApiRequest;
import dev.plumbline.http.ApiRequest.Kind;
import dev.plumbline.http.HttpSetting;
import dev.plumbline.http.Reply.Answer;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Pattern;

/**
 * Objects of a CRM that speaks HubSpot's API, version 3: contacts, companies, deals, and custom
 * objects. Safe for threads.
 */
final class Hubspot implements DocumentSource {
  private static final int BATCH = 100;
  private static final int SEARCHED = 200;
  private static final Pattern ID = Pattern.compile("[0-9]{1,19}");
  private static final Pattern OBJECT = Pattern.compile("[A-Za-z0-9_-]+");

  private final ApiClient client;
  private final String object;
  private final String path;
  private final HubspotQuery query;
  private final SortedSet<String> properties;
  private final HubspotWrite writing;

  private Hubspot(ApiClient client, SourceSetting.Hubspot setting, SortedSet<String> properties) {
    this.client = client;
    this.object = setting.object();
    this.path = "/crm/v3/objects/" + setting.object();
    this.query = new HubspotQuery(new TreeMap<>(setting.where()), properties);
    this.properties = new TreeSet<>(properties);
    this.writing = new HubspotWrite(client, path);
  }

  static Hubspot open(SourceSetting.Hubspot setting, SortedSet<String> properties) {
    if (!OBJECT.matcher(setting.object()).matches()) {
      throw new PlumblineException(
          ErrorCode.PROJECT,
          setting.object() + " is no type of object in a CRM.",
          "No request was made.",
          "Write hubspot: contacts, companies, deals, or the name of a custom object's type.");
    }
    HttpSetting http =
        new HttpSetting(
            setting.url(), Optional.of(setting.credential()), Map.of(), setting.limits());
    return new Hubspot(ApiClient.open(http), setting, properties);
  }

  @Override
  public String label() {
    return object + " of the CRM at " + client.service();
  }

  @Override
  public String place() {
    return object + " at " + client.place();
  }

  @Override
  public Page page(Optional<String> after, int most) {
    return query.isOfAll() ? listed(after, most) : searched(after, most);
  }

  /** In the order of ids; what names the next page is the CRM's own affair. */
  private Page listed(Optional<String> after, int most) {
    String rest = after.map(cursor -> "&after=" + Encoded.query(cursor)).orElse("");
    String address =
        path + "?limit=" + Math.min(most, BATCH) + "&archived=false&" + wanted() + rest;
    JsonNode page = ask(ApiRequest.get(address));
    JsonNode next = page.path("paging").path("next").path("after");
    return new Page(documents(page), List.of(), Optional.ofNullable(next.textValue()));
  }

  /**
   * In the order of ids, each page by a query of its own for what is behind the last id: no query
   * has more than 10,000 results that count, and none goes missing when others drop out.
   */
  private Page searched(Optional<String> after, int most) {
    String body = query.after(after, Math.min(most, SEARCHED));
    JsonNode page = ask(ApiRequest.post(Kind.SEARCH, path + "/search", body));
    List<Document> documents = documents(page);
    boolean more = page.path("paging").path("next").path("after").isValueNode();
    return new Page(
        documents,
        List.of(),
        more && !documents.isEmpty()
            ? Optional.of(documents.get(documents.size() - 1).id())
            : Optional.empty());
  }

  @Override
  public void requirePlace(String place) {
    if (!query.isOfAll()) {
      if (!isId(place)) {
        throw noPlace(place, "with `where` they come in the order of their ids.", "--from 4711");
      }
      return;
    }
    String address = path + "?limit=1&archived=false&after=" + Encoded.query(place);
    Answer answer = HttpAnswers.of(client.send(ApiRequest.get(address)));
    if (answer.status() == 400) {
      throw noPlace(
          place, client.said(answer), "the `after` that the CRM gave for the page before");
    }
    HttpAnswers.success(client, label(), answer);
  }

  private PlumblineException noPlace(String place, String why, String instead) {
    return new PlumblineException(
        ErrorCode.USAGE,
        "`" + place + "` is no place among the " + label() + ": " + why,
        "Nothing was written.",
        "Write " + instead + ", or leave --from out.");
  }

  private String wanted() {
    return "properties=" + Encoded.query(String.join(",", properties));
  }

  private List<Document> documents(JsonNode page) {
    List<Document> documents = new ArrayList<>();
    page.path("results").forEach(record -> documents.add(document(record)));
    return documents;
  }

  private Document document(JsonNode record) {
    Map<String, String> texts = new LinkedHashMap<>();
    for (String property : properties) {
      JsonNode value = record.path("properties").path(property);
      if (!value.isNull() && !value.isMissingNode()) {
        kept(value.isTextual() ? value.textValue() : value.toString())
            .ifPresent(text -> texts.put(property, text));
      }
    }
    return Document.of(record.path("id").asText(), texts);
  }

  @Override
  public List<Document> read(Collection<String> ids) {
    List<String> numbers =
        List.copyOf(new LinkedHashSet<>(ids.stream().filter(this::isId).toList()));
    List<Document> documents = new ArrayList<>();
    for (int start = 0; start < numbers.size(); start += BATCH) {
      String body = query.of(numbers.subList(start, Math.min(numbers.size(), start + BATCH)));
      documents.addAll(documents(ask(ApiRequest.post(Kind.READ, path + "/batch/read", body))));
    }
    return documents;
  }

  @Override
  public Page named(Collection<String> ids) {
    return new Page(read(ids), List.of(), Optional.empty());
  }

  /** The CRM refuses a whole batch because of an id that cannot be one. */
  private boolean isId(String id) {
    return ID.matcher(id).matches();
  }

  @Override
  public Optional<Document> find(String by, String value) {
    String address =
        path + "/" + Encoded.path(value) + "?idProperty=" + Encoded.query(by) + "&" + wanted();
    Answer answer = HttpAnswers.of(client.send(ApiRequest.get(address)));
    return switch (answer.status()) {
      case 404 -> Optional.empty();
      case 400 -> throw cannotFind(by, answer);
      default -> Optional.of(document(HttpAnswers.success(client, label(), answer)));
    };
  }

  private PlumblineException cannotFind(String by, Answer answer) {
    return new PlumblineException(
        ErrorCode.USAGE,
        "The " + label() + " cannot be looked up by " + by + ": " + client.said(answer) + ".",
        "Nothing was written.",
        "Look it up by email (contacts), by a property with unique values, or by --id.");
  }

  @Override
  public List<Written> write(List<Write> writes) {
    List<Written> fates = new ArrayList<>();
    for (int start = 0; start < writes.size(); start += BATCH) {
      fates.addAll(writing.write(writes.subList(start, Math.min(writes.size(), start + BATCH))));
    }
    return fates;
  }

  private JsonNode ask(ApiRequest request) {
    return HttpAnswers.success(client, label(), HttpAnswers.of(client.send(request)));
  }

  @Override
  public OptionalLong count() {
    JsonNode page = ask(ApiRequest.post(Kind.SEARCH, path + "/search", query.count()));
    JsonNode total = page.path("total");
    return total.isIntegralNumber() ? OptionalLong.of(total.longValue()) : OptionalLong.empty();
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
    return false;
  }

  /** A property without a text and one with an empty text are the same to a CRM. */
  @Override
  public Optional<String> kept(String text) {
    return text.isEmpty() ? Optional.empty() : Optional.of(text);
  }

  @Override
  public void close() {
    client.close();
  }
}
