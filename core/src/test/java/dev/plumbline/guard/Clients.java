package dev.plumbline.guard;

import dev.plumbline.testkit.TestDatabase;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.BooleanSupplier;
import java.util.function.Function;
import java.util.stream.IntStream;

/**
 * Applications that write at random at the same time, each on a connection of its own. What fails
 * as contention is done again, as an application does it; any other failure is the test's.
 */
final class Clients {
  private static final int ROUND = 100;
  private static final List<String> AGAIN = List.of("40001", "40P01");

  private final TestDatabase database;
  private final String isolation;
  private final Function<Random, String> statement;
  private final int most;
  private final AtomicLong transactions = new AtomicLong();
  private final Map<String, AtomicLong> retried = new ConcurrentHashMap<>();
  private final List<Throwable> failures = new CopyOnWriteArrayList<>();

  Clients(TestDatabase database, String isolation, Function<Random, String> statement) {
    this(database, isolation, statement, 3);
  }

  /**
   * @param most how many statements a transaction has at most
   */
  Clients(TestDatabase database, String isolation, Function<Random, String> statement, int most) {
    this.most = most;
    this.database = database;
    this.isolation = isolation;
    this.statement = statement;
  }

  /**
   * So many clients, in rounds until it is enough. What one write leaves wrong a later one may put
   * right, so that a look at the end alone would miss most of it.
   *
   * @param look after each round, when nobody writes
   */
  void work(int clients, BooleanSupplier enough, Runnable look) throws InterruptedException {
    List<Random> randoms = IntStream.range(0, clients).mapToObj(Random::new).toList();
    while (!enough.getAsBoolean()) {
      AtomicInteger left = new AtomicInteger(ROUND);
      round(randoms, () -> left.getAndDecrement() <= 0);
      look.run();
    }
  }

  private void round(List<Random> randoms, BooleanSupplier enough) throws InterruptedException {
    List<Thread> threads =
        randoms.stream()
            .map(random -> Thread.ofPlatform().start(() -> client(random, enough)))
            .toList();
    for (Thread thread : threads) {
      thread.join();
    }
    if (!failures.isEmpty()) {
      AssertionError error = new AssertionError(failures.size() + " clients failed");
      failures.forEach(error::addSuppressed);
      throw error;
    }
  }

  long transactions() {
    return transactions.get();
  }

  /** SQLState and how many transactions were done again for it. */
  Map<String, AtomicLong> retried() {
    return retried;
  }

  private void client(Random random, BooleanSupplier enough) {
    try (Connection connection = database.connect();
        Statement sql = connection.createStatement()) {
      sql.execute("SET SESSION CHARACTERISTICS AS TRANSACTION ISOLATION LEVEL " + isolation);
      sql.execute("SET deadlock_timeout = '20ms'");
      connection.setAutoCommit(false);
      while (!enough.getAsBoolean()) {
        transaction(connection, sql, random);
        transactions.incrementAndGet();
      }
    } catch (SQLException | RuntimeException e) {
      failures.add(e);
    }
  }

  /** PostgreSQL refuses to empty a table for which something is deferred to the commit. */
  private static List<String> alone(List<String> statements) {
    return statements.stream()
        .filter(s -> s.startsWith("TRUNCATE"))
        .findFirst()
        .map(List::of)
        .orElse(statements);
  }

  private void transaction(Connection connection, Statement sql, Random random)
      throws SQLException {
    List<String> statements =
        alone(
            IntStream.range(0, 1 + random.nextInt(most))
                .mapToObj(i -> statement.apply(random))
                .toList());
    while (true) {
      try {
        for (String text : statements) {
          sql.execute(text);
        }
        if (random.nextInt(20) == 0) {
          connection.rollback();
        } else {
          connection.commit();
        }
        return;
      } catch (SQLException e) {
        connection.rollback();
        if (!AGAIN.contains(e.getSQLState())) {
          throw new SQLException(String.join("; ", statements), e);
        }
        retried.computeIfAbsent(e.getSQLState(), s -> new AtomicLong()).incrementAndGet();
      }
    }
  }
}
