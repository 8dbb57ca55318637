package dev.plumbline.crm;

import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/**
 * A stand-in for a CRM, as an HTTP server on this machine: the shapes, limits and errors of
 * HubSpot's public API for contacts, companies, deals and custom objects, with records in memory.
 * Safe for several threads.
 */
public final class Crm implements AutoCloseable {
  static {
    // Else each answer of two packets waits 40 ms for the acknowledgement of the first.
    System.setProperty("sun.net.httpserver.nodelay", "true");
  }

  private static final byte[] LOCAL = {127, 0, 0, 1};

  private final HttpServer server;
  private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
  private final Store store;
  private final Study study;
  private final Counters counters = new Counters();
  private final Credentials credentials;
  private final Desk desk;

  private Crm(HttpServer server, CrmSettings settings) {
    this.server = server;
    this.store = new Store(settings.keepsChanges(), settings.clock());
    this.study = new Study(store, settings.learning());
    this.credentials =
        new Credentials(
            settings.token(), settings.tokenLasts(), settings.mayWrite(), settings.clock());
    Batches batches = new Batches(store, settings.batchErrors(), settings.clock());
    this.desk = new Desk(new Api(store, batches, study), counters, credentials, settings);
  }

  /**
   * Starts a stand-in that has no records yet.
   *
   * @throws UncheckedIOException if its port is taken
   */
  public static Crm start(CrmSettings settings) {
    try {
      InetSocketAddress address =
          new InetSocketAddress(InetAddress.getByAddress(LOCAL), settings.port());
      Crm crm = new Crm(HttpServer.create(address, 0), settings);
      crm.server.createContext("/", crm.desk);
      crm.server.createContext(Backdoor.PATH, new Backdoor(crm));
      crm.server.setExecutor(crm.threads);
      crm.server.start();
      return crm;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Where it is reached: {@code http://127.0.0.1:PORT}. */
  public URI uri() {
    return URI.create("http://127.0.0.1:" + server.getAddress().getPort());
  }

  /** What a client has to bring. */
  public String token() {
    return credentials.token();
  }

  /** Makes properties of a type known; writing others is refused. */
  public void define(String type, Collection<String> properties) {
    store.table(type).define(properties);
  }

  /** Puts a record there as it is, past all limits; its properties become known. */
  public void put(String type, CrmRecord record) {
    store.table(type).define(record.properties().keySet());
    store.table(type).put(record);
  }

  /** Takes a record away, past all limits. */
  public boolean remove(String type, long id) {
    return store.table(type).remove(id);
  }

  /** A record as it is now. */
  public Optional<CrmRecord> find(String type, long id) {
    return store.table(type).find(id);
  }

  /** All records of a type as they are now, in the order of their ids. */
  public List<CrmRecord> records(String type) {
    return store.table(type).all();
  }

  /** What was asked so far. */
  public Traffic traffic() {
    return counters.traffic(store);
  }

  /** All changes so far, by clients and by learners, the oldest first. */
  public List<Change> changes() {
    return store.changes();
  }

  /** How often a record was written through the API. */
  public int clientWrites(String type, long id) {
    return store.clientWrites(type, id);
  }

  /** Changes a record past all limits, as another user of the CRM would. */
  public void edit(String type, long id, Map<String, String> properties) {
    store.write(store.table(type), id, properties, Change.By.LEARNER, "");
  }

  /** Lets a learner change a record now; empty where there is nothing that this one changes. */
  public Optional<Change> learn(String type, long id, Learner learner) {
    return study.change(learner, store.table(type), id);
  }

  /** From now on others are changed, or at other moments. */
  public void learning(Learning other) {
    study.follow(other);
  }

  /** From now on other things go wrong. */
  public void faults(Faults other) {
    desk.faults(other);
  }

  /** From now on other limits hold, with nothing used up yet. */
  public void limits(RateLimits other) {
    desk.limits(other);
  }

  /** The token has expired, for whatever comes from now on. */
  public void expireToken() {
    credentials.expire();
  }

  /** From now on another token is asked for. */
  public void renewToken(String token) {
    credentials.renew(token);
  }

  @Override
  public void close() {
    desk.close();
    server.stop(0);
    threads.close();
  }
}
