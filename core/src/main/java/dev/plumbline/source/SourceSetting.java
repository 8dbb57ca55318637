package dev.plumbline.source;

import dev.plumbline.dialect.Fragment;
import dev.plumbline.http.Credential;
import dev.plumbline.http.HttpLimits;
import dev.plumbline.http.Redaction;
import java.net.URI;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Where a transform's documents live, as its file says. The text forms hold no secrets. */
public sealed interface SourceSetting {

  /**
   * {@code hubspot}: objects of a CRM that speaks HubSpot's API.
   *
   * @param url {@code url}: scheme, host and port; a path before {@code /crm/v3} may follow
   * @param object {@code hubspot}: contacts, companies, deals, or a custom object's type
   * @param credential {@code token} or {@code token_file}
   * @param where {@code where}: only objects whose property has this text, or any (empty)
   */
  record Hubspot(
      URI url,
      String object,
      Credential credential,
      Map<String, Optional<String>> where,
      HttpLimits limits)
      implements SourceSetting {
    public Hubspot {
      where = Map.copyOf(where);
    }

    @Override
    public String toString() {
      return "Hubspot(" + Redaction.of(url) + ", " + object + ")";
    }
  }

  /**
   * {@code http}: any JSON API that lists its records in pages.
   *
   * <p>What is a jq program is given as text. Addresses are relative to {@code url}; a name in
   * braces in them is filled in, percent-encoded.
   *
   * @param url {@code http}: the address that the others are relative to
   * @param credential {@code token} or {@code token_file}: sent as {@code Authorization: Bearer};
   *     neither where the API asks for none or for another header
   * @param headers {@code headers}: sent with every request; their values are never told
   * @param list {@code list}: how records are listed
   * @param id {@code id}: jq over a record: what it is known by, a text or a number; by default
   *     {@code .id}
   * @param version {@code version}: jq over a record: a text or number that changes when the record
   *     does; without it the answer's ETag, where one record is read by itself
   * @param properties {@code properties}: jq over a record: the object whose keys are its
   *     properties; by default {@code .}, the record itself
   * @param values {@code values}: true where the document is a JSON value in the record; false, the
   *     default, where it is a text that holds JSON
   * @param read {@code read}: how one record is read
   * @param find {@code find}: how a record is looked up by another property; optional
   * @param write {@code write}: how one record is written
   */
  record Http(
      URI url,
      Optional<Credential> credential,
      Map<String, String> headers,
      Listing list,
      String id,
      Optional<String> version,
      String properties,
      boolean values,
      Reading read,
      Map<String, Reading> find,
      Writing write,
      HttpLimits limits)
      implements SourceSetting {
    public Http {
      headers = Map.copyOf(headers);
      find = Map.copyOf(find);
    }

    @Override
    public String toString() {
      return "Http(" + Redaction.of(url) + ", headers " + headers.keySet() + ")";
    }
  }

  /**
   * {@code list}: how an API lists its records.
   *
   * @param url {@code url}: the address of the first page
   * @param items {@code items}: jq over the answer: the array of records; by default {@code .}
   * @param next {@code next}: jq over the answer: what names the next page; null, false or nothing:
   *     this was the last. {@code $headers} holds the answer's headers by their lower-case names
   * @param after {@code after}: the parameter of the address that takes what {@code next} gives;
   *     without it {@code next} gives an address
   */
  record Listing(String url, String items, String next, Optional<String> after) {}

  /**
   * {@code read}, and each of {@code find} (by the property's name): how one record is read.
   *
   * @param url {@code url}: with {@code {id}} in it, in {@code find} with {@code {value}}
   * @param item {@code item}: jq over the answer: the record; null or nothing: there is none; by
   *     default {@code .}
   */
  record Reading(String url, String item) {}

  /**
   * {@code write}: how one record is written.
   *
   * @param method {@code method}: PATCH (default), PUT or POST
   * @param url {@code url}: with {@code {id}} in it
   * @param body {@code body}: jq over {@code {id, properties, version}}: what is sent. In {@code
   *     properties} are those that are written, null where a value is taken away; by default {@code
   *     .properties}
   * @param check {@code check}: whether to send {@code If-Match} with the record's version; by
   *     default true. The API must answer 412 (or 409) where the record has changed
   */
  record Writing(String method, String url, String body, boolean check) {}

  /**
   * {@code column}: a column of a table in the project's database.
   *
   * @param table {@code column}: the table, with its schema where needed, quoted as in SQL
   * @param key {@code key}: the columns that tell its rows apart; the primary key by default
   * @param where {@code where}: SQL: only these rows
   */
  record Column(String table, Optional<List<String>> key, Optional<Fragment> where)
      implements SourceSetting {
    public Column {
      key = key.map(List::copyOf);
    }
  }

  /**
   * {@code files}: a folder of JSON files, each a document.
   *
   * @param folder {@code files}: the folder
   * @param said how the file calls it
   * @param glob {@code glob}: which files in it, by their path in the folder; by default {@code
   *     **.json}
   */
  record Files(Path folder, String said, String glob) implements SourceSetting {

    /** A folder that is called by its path. */
    public Files(Path folder, String glob) {
      this(folder, folder.toString(), glob);
    }
  }
}
