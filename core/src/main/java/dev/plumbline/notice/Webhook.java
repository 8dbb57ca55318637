package dev.plumbline.notice;

import dev.plumbline.error.ErrorCode;
import dev.plumbline.error.PlumblineException;
import java.net.URI;
import java.net.URISyntaxException;
import java.util.Locale;
import java.util.Set;

/**
 * Where notices are sent. Whoever knows such an address can post there, so it is a secret: only its
 * host is told.
 *
 * @param every after how many batches there is a notice of them
 */
public record Webhook(URI url, int every) {
  private static final Set<String> SCHEMES = Set.of("http", "https");

  /**
   * @throws PlumblineException 78 if that is no address; it is not repeated
   */
  public static Webhook of(String address, int every) {
    try {
      URI url = new URI(address.strip());
      if (url.getScheme() != null
          && SCHEMES.contains(url.getScheme().toLowerCase(Locale.ROOT))
          && url.getHost() != null
          && url.getRawUserInfo() == null) {
        return new Webhook(url, every);
      }
    } catch (URISyntaxException notOne) {
      // its message holds the address
    }
    throw new PlumblineException(
        ErrorCode.PROJECT,
        "The `webhook` of `alerts` in plumb.yaml is no address that notices can be sent to.",
        "Nothing was written.",
        "Give http:// or https://, the host and the path, without user and password; see the"
            + " variable that it comes from.");
  }

  /** Scheme and host. */
  public String host() {
    return url.getScheme() + "://" + url.getHost();
  }

  @Override
  public String toString() {
    return "Webhook(" + host() + ")";
  }
}
