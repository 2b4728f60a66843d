package example;

import io.keyward.client.Notice;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Posts notices to a URL, one after the other. It goes on to the next one only when one is answered with 2xx, so that none
 * is lost and all are in order. A receiver that refuses one for good stops them all: the log says so.
 */
public final class Delivery {
    private static final Logger LOG = LoggerFactory.getLogger(Delivery.class);
    private static final Duration FIRST_PAUSE = Duration.ofMillis(100);
    private static final Duration LONGEST_PAUSE = Duration.ofMinutes(1);

    private final HttpClient client;
    private final URI url;
    private final Duration timeout;

    /** @param timeout how long to wait for an answer before the request is sent again */
    public Delivery(URI url, Duration timeout) {
        this.client = HttpClient.newBuilder().connectTimeout(timeout).build();
        this.url = url;
        this.timeout = timeout;
    }

    /** Returns once the notice is accepted. */
    public void deliver(Notice notice) throws InterruptedException {
        HttpRequest request = HttpRequest.newBuilder(url)
                .timeout(timeout)
                .header("Content-Type", CloudEvent.MEDIA_TYPE)
                .POST(BodyPublishers.ofString(CloudEvent.of(notice)))
                .build();
        Duration pause = FIRST_PAUSE;
        while (!isAccepted(request, notice.id())) {
            TimeUnit.MILLISECONDS.sleep(pause.toMillis());
            Duration longer = pause.multipliedBy(2);
            pause = longer.compareTo(LONGEST_PAUSE) < 0 ? longer : LONGEST_PAUSE;
        }
    }

    private boolean isAccepted(HttpRequest request, String incident) throws InterruptedException {
        try {
            int status = client.send(request, BodyHandlers.discarding()).statusCode();
            if (status / 100 == 2) {
                return true;
            }
            LOG.warn("{} is answered with {}", incident, status);
        } catch (IOException unanswered) {
            LOG.warn("{} is not answered: {}", incident, unanswered.toString());
        }
        return false;
    }
}
