package dev.plumbline.crm;

import java.time.InstantSource;
import java.util.OptionalLong;

/** The token that clients must bring, and until when. Safe for several threads. */
final class Credentials {
  private final InstantSource clock;
  private final boolean mayWrite;
  private String token;
  private OptionalLong left;
  private String expired = "";

  Credentials(String token, OptionalLong lasts, boolean mayWrite, InstantSource clock) {
    this.token = token;
    this.left = lasts;
    this.mayWrite = mayWrite;
    this.clock = clock;
  }

  synchronized String token() {
    return token;
  }

  /** Puts another token in the place of the one that there is; it never expires by itself. */
  synchronized void renew(String other) {
    token = other;
    left = OptionalLong.empty();
    expired = "";
  }

  synchronized void expire() {
    left = OptionalLong.of(0);
  }

  /** Refuses a call that brings no token, a wrong one, one that has expired or may not do this. */
  synchronized void check(Call call, Route route) {
    if (!call.token().equals(token)) {
      throw ApiError.noToken();
    }
    if (left.isPresent()) {
      if (left.getAsLong() == 0) {
        expired = expired.isEmpty() ? clock.instant().toString() : expired;
        throw ApiError.expiredToken(expired);
      }
      left = OptionalLong.of(left.getAsLong() - 1);
    }
    if (route.writes() && !mayWrite) {
      throw ApiError.missingScope("crm.objects." + route.type() + ".write");
    }
  }
}
