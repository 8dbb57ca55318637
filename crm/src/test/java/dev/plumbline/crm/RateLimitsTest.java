package dev.plumbline.crm;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class RateLimitsTest {
  private static final String CONTACTS = "/crm/v3/objects/contacts";

  private final Ticks clock = new Ticks("2026-03-01T23:59:00Z");

  @Test
  void admits_as_many_in_any_ten_seconds_as_the_limit_says() {
    Throttle throttle = new Throttle(RateLimits.professional(), clock);
    for (int i = 0; i < 190; i++) {
      assertThat(throttle.admit(false)).isEmpty();
      clock.pass(Duration.ofMillis(10));
    }
    assertThat(throttle.admit(false).orElseThrow())
        .isEqualTo(new Throttle.Refusal("TEN_SECONDLY_ROLLING", 8_100));
    clock.pass(Duration.ofMillis(8_100));
    assertThat(throttle.admit(false)).isEmpty();
    assertThat(throttle.admit(false)).as("the window rolls, it does not start anew").isPresent();
  }

  @Test
  void admits_five_searches_in_a_second() {
    Throttle throttle = new Throttle(RateLimits.professional(), clock);
    for (int i = 0; i < 5; i++) {
      assertThat(throttle.admit(true)).isEmpty();
    }
    assertThat(throttle.admit(true).map(Throttle.Refusal::policy)).contains("SECONDLY");
    assertThat(throttle.admit(false)).isEmpty();
    clock.pass(Duration.ofSeconds(1));
    assertThat(throttle.admit(true)).isEmpty();
  }

  @Test
  void the_daily_quota_is_there_again_at_midnight() {
    Throttle throttle = new Throttle(RateLimits.professional().withPerDay(2), clock);
    assertThat(throttle.admit(false)).isEmpty();
    assertThat(throttle.admit(false)).isEmpty();
    assertThat(throttle.admit(false)).isEqualTo(Optional.of(new Throttle.Refusal("DAILY", 60_000)));
    clock.pass(Duration.ofMinutes(1));
    assertThat(throttle.admit(false)).isEmpty();
  }

  @Test
  void tells_what_is_left_and_when_to_come_again() throws Exception {
    RateLimits limits = RateLimits.professional().withRequests(2, Duration.ofSeconds(10));
    CrmSettings settings = CrmSettings.standard().withLimits(limits).withClock(clock);
    try (Crm crm = Crm.start(settings);
        Client client = new Client(crm)) {
      Client.Reply first = client.get(CONTACTS);
      assertThat(first.header("X-HubSpot-RateLimit-Max")).isEqualTo("2");
      assertThat(first.header("X-HubSpot-RateLimit-Remaining")).isEqualTo("1");
      assertThat(first.header("X-HubSpot-RateLimit-Interval-Milliseconds")).isEqualTo("10000");
      assertThat(first.header("X-HubSpot-RateLimit-Daily-Remaining")).isEqualTo("624999");
      assertThat(client.post(CONTACTS + "/search", "{}").header("X-HubSpot-RateLimit-Max"))
          .isEqualTo("none");
      Client.Reply refused = client.get(CONTACTS);
      assertThat(refused.status()).isEqualTo(429);
      assertThat(refused.header("Retry-After")).isEqualTo("10");
      assertThat(refused.json().path("policyName").asText()).isEqualTo("TEN_SECONDLY_ROLLING");
      assertThat(refused.json().path("errorType").asText()).isEqualTo("RATE_LIMIT");
      assertThat(crm.traffic().tooMany()).isOne();
      assertThat(crm.traffic().busiest()).isEqualTo(2);
      assertThat(crm.traffic().admitted()).isEqualTo(2);
    }
  }

  @Test
  void says_nothing_of_when_to_come_again_where_that_is_set() throws Exception {
    RateLimits limits =
        RateLimits.professional().withRequests(1, Duration.ofSeconds(10)).withoutRetryAfter();
    try (Crm crm = Crm.start(CrmSettings.standard().withLimits(limits).withClock(clock));
        Client client = new Client(crm)) {
      assertThat(client.get(CONTACTS).status()).isEqualTo(200);
      assertThat(client.get(CONTACTS).header("Retry-After")).isEqualTo("none");
    }
  }

  @Test
  void refuses_in_a_storm_whatever_the_limits_say() throws Exception {
    Faults storm =
        Faults.none().withStorms(new Faults.Storm(2, 2, Optional.of(Duration.ofSeconds(3))));
    try (Crm crm = Crm.start(CrmSettings.standard().withFaults(storm));
        Client client = new Client(crm)) {
      assertThat(client.get(CONTACTS).status()).isEqualTo(200);
      assertThat(client.get(CONTACTS).header("Retry-After")).isEqualTo("3");
      assertThat(client.get(CONTACTS).status()).isEqualTo(429);
      assertThat(client.get(CONTACTS).status()).isEqualTo(200);
    }
  }
}
