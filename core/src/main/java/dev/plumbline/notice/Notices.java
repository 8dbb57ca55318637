package dev.plumbline.notice;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.plumbline.http.Caller;
import dev.plumbline.http.Time;
import dev.plumbline.run.Listener;
import java.time.Duration;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.stream.Collectors;

/**
 * Tells webhooks how a run goes on: that it has begun, every so many batches, of trouble, and how
 * it ended. Numbers and states only: neither rows nor the database's words leave. A webhook that is
 * slow, gone or wrong costs the run nothing but the notices. Safe for threads.
 */
public final class Notices implements Listener, AutoCloseable {
  private static final Duration TIMEOUT = Duration.ofSeconds(2);
  private static final Duration PATIENCE = Duration.ofSeconds(3);
  private static final Duration BETWEEN_TROUBLES = Duration.ofSeconds(10);

  private final Subject subject;
  private final Time time;
  private final Optional<Caller> caller;
  private final List<Courier> couriers;
  private final long begun;

  // Guarded by this.
  private final Map<Trouble, Long> troubles = new EnumMap<>(Trouble.class);
  private final Map<Trouble, Long> toldAt = new EnumMap<>(Trouble.class);
  private long batches;
  private long changed;

  /** What can stand in a run's way without ending it. */
  private enum Trouble {
    SET_ASIDE("set_aside", "rows or documents were set aside"),
    RETRYING("retrying", "times something was tried again"),
    HOLDING("holding", "times it held because of the server");

    private final String word;
    private final String words;

    Trouble(String word, String words) {
      this.word = word;
      this.words = words;
    }
  }

  private Notices(Subject subject, List<Webhook> webhooks, Time time) {
    this.subject = subject;
    this.time = time;
    this.begun = time.nanos();
    this.caller = webhooks.isEmpty() ? Optional.empty() : Optional.of(new Caller(TIMEOUT, time));
    this.couriers =
        caller.stream()
            .flatMap(by -> webhooks.stream().map(webhook -> new Courier(webhook, by)))
            .toList();
  }

  /** Tells the webhooks that it begins, and everything from now on. */
  public static Notices begin(Subject subject, List<Webhook> webhooks, Time time) {
    Notices notices = new Notices(subject, webhooks, time);
    notices.started();
    return notices;
  }

  private void started() {
    ObjectNode notice =
        notice(
            "started",
            "has started"
                + (subject.planned().isPresent()
                    ? ": " + count(subject.planned().getAsLong()) + " planned"
                    : ""));
    number(notice, "planned", subject.planned());
    number(notice, "batches", subject.batches());
    tell(notice);
  }

  @Override
  public synchronized void committed(long rows, Duration took) {
    batches++;
    changed += rows;
    for (Courier courier : couriers) {
      if (batches % courier.webhook().every() == 0) {
        courier.take(batch().toString());
      }
    }
  }

  /** Parts of batches that failed are batches too, so that there may be more than were planned. */
  private ObjectNode batch() {
    boolean known = subject.batches().isPresent() && batches <= subject.batches().getAsLong();
    ObjectNode notice =
        notice(
            "batch",
            "batch "
                + count(batches)
                + (known ? " of " + count(subject.batches().getAsLong()) : "")
                + ", "
                + count(changed)
                + " changed");
    notice.put("batch", batches).put("changed", changed);
    number(notice, "planned", subject.planned());
    number(notice, "batches", known ? subject.batches() : OptionalLong.empty());
    return notice;
  }

  @Override
  public void quarantined(String error) {
    trouble(Trouble.SET_ASIDE);
  }

  @Override
  public void retrying(String why, Duration pause) {
    trouble(Trouble.RETRYING);
  }

  @Override
  public void holding(String why) {
    trouble(Trouble.HOLDING);
  }

  /** The first is told at once, those behind it together: a thousand of them are no news. */
  private synchronized void trouble(Trouble trouble) {
    long count = troubles.merge(trouble, 1L, Long::sum);
    Long last = toldAt.get(trouble);
    if (last != null && time.nanos() - last < BETWEEN_TROUBLES.toNanos()) {
      return;
    }
    toldAt.put(trouble, time.nanos());
    tell(
        notice("trouble", count(count) + " " + trouble.words)
            .put("trouble", trouble.word)
            .put("count", count));
  }

  /** Tells how it ended. */
  public synchronized void finished(Ending ending) {
    String figures =
        ending.figures().entrySet().stream()
            .map(figure -> count(figure.getValue()) + " " + figure.getKey().replace('_', ' '))
            .collect(Collectors.joining(", "));
    ObjectNode notice =
        notice(
            "finished",
            ending.state()
                + " (exit code "
                + ending.exitCode()
                + ")"
                + (figures.isEmpty() ? "" : ": " + figures));
    ending.run().ifPresent(run -> notice.put("run", run));
    notice.put("state", ending.state()).put("exit_code", ending.exitCode());
    ObjectNode numbers = notice.putObject("figures");
    ending.figures().forEach(numbers::put);
    ObjectNode met = notice.putObject("troubles");
    troubles.forEach((trouble, count) -> met.put(trouble.word, count));
    notice.put("took_ms", Duration.ofNanos(time.nanos() - begun).toMillis());
    couriers.forEach(courier -> courier.takeLast(notice.toString()));
  }

  /** {@code text} is what chat programs show. */
  private ObjectNode notice(String event, String text) {
    ObjectNode notice = JsonNodeFactory.instance.objectNode();
    notice.put("event", event).put("text", subject.title() + ": " + text);
    notice.put("project", subject.project()).put("kind", subject.kind());
    notice.put("name", subject.name());
    subject.run().ifPresent(run -> notice.put("run", run));
    return notice.put("at", time.now().toString());
  }

  private void tell(ObjectNode notice) {
    couriers.forEach(courier -> courier.take(notice.toString()));
  }

  private static void number(ObjectNode notice, String name, OptionalLong value) {
    if (value.isPresent()) {
      notice.put(name, value.getAsLong());
    }
  }

  private static String count(long number) {
    return String.format(Locale.ROOT, "%,d", number);
  }

  /**
   * Waits a few seconds at most for the last ones to arrive.
   *
   * @return what did not, by webhook
   */
  public List<Unsent> end() {
    long until = time.nanos() + PATIENCE.toNanos();
    List<Unsent> unsent =
        couriers.stream()
            .flatMap(
                courier -> {
                  long left = Math.max(1, until - time.nanos());
                  return courier.end(Duration.ofNanos(left)).stream();
                })
            .toList();
    caller.ifPresent(Caller::close);
    return unsent;
  }

  @Override
  public void close() {
    end();
  }
}
