package io.keyward.console.web;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// Answers about a key that many environments use are short, however many they are, and their pages hold all of
/// it.
class AnswerSizeTest {
    private static final int ENVIRONMENTS = 600;
    private static final int LARGEST = 300_000;
    private static final String API = "/api/v1" + KeyMeasurement.page();
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final Pattern NAME_OF_A_CONSTANT = Pattern.compile("[A-Z]{2,}_[A-Z]{2,}");
    private static final Pattern TIME_OF_A_MACHINE = Pattern.compile("\\d{2}-\\d{2}T\\d{2}:\\d{2}");
    private static final String REVOKED = """
            {"topic":"key-revoked","value":{"eventId":"e","tenantId":"fourthcoffee","occurredAt":"2026-08-04T02:00:00Z",\
            "vaultUri":"https://kv-fourthcoffee.vault.azure.net","keyName":"roast","cause":"KEY_DISABLED"}}
            """;

    @TempDir
    private static Path folder;

    private static final HttpClient CLIENT = HttpClient.newHttpClient();
    private static ConsoleProgram console;

    @BeforeAll
    static void start() {
        console = ConsoleProgram.start(
                folder, 0, KeyMeasurement.lines(ENVIRONMENTS, 3).toArray(String[]::new));
    }

    @AfterAll
    static void stop() {
        console.close();
    }

    private static String get(String address) throws IOException, InterruptedException {
        return send(HttpRequest.newBuilder(URI.create(console.uri() + address)));
    }

    private static String post(String address, String type, String body) throws IOException, InterruptedException {
        return send(HttpRequest.newBuilder(URI.create(console.uri() + address))
                .header("Content-Type", type)
                .POST(BodyPublishers.ofString(body)));
    }

    private static String send(HttpRequest.Builder request) throws IOException, InterruptedException {
        HttpResponse<String> answer = CLIENT.send(request.build(), BodyHandlers.ofString());
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
        assertThat(answer.body().getBytes(StandardCharsets.UTF_8).length)
                .as(answer.uri().toString())
                .isLessThan(LARGEST);
        return answer.body();
    }

    private static String words(String page) {
        String text = Html.read(page).text().replaceFirst("Event lines, in the order .*", "");
        assertThat(NAME_OF_A_CONSTANT.matcher(text).results().map(found -> found.group()))
                .isEmpty();
        assertThat(TIME_OF_A_MACHINE.matcher(text).results().map(found -> found.group()))
                .isEmpty();
        return text;
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "?ask=disable", "?ask=disable&version=v1", "?ask=disable&version=v2"})
    void theKeyIsAShortPage(String question) throws Exception {
        String text = words(get(KeyMeasurement.page() + question));
        assertThat(text).contains("Data is under this key 600");
        if (!question.isEmpty()) {
            assertThat(text).contains("50 of 600 environments.", "Next environments");
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "&version=v1"})
    void everyEnvironmentThatSpeaksAgainstDisablingIsOnOnePage(String version) throws Exception {
        Set<String> found = new HashSet<>();
        String after = "";
        do {
            JsonNode page = JSON.readTree(get(API + "/disable?limit=200" + version + after));
            assertThat(page.path("environmentCount").asInt()).isEqualTo(ENVIRONMENTS);
            page.path("environments")
                    .forEach(one -> assertThat(
                                    found.add(one.path("environmentId").asText()))
                            .isTrue());
            after = page.has("next") ? "&after=" + page.path("next").asText() : "";
        } while (!after.isEmpty());
        assertThat(found).hasSize(ENVIRONMENTS);
    }

    @Test
    void allReasonsOfAnEnvironmentAreCountedAndTheFirstNamed() throws Exception {
        JsonNode page = JSON.readTree(get(API + "/disable?limit=200"));
        JsonNode first = page.path("environments").get(0);
        assertThat(first.path("reasons").path("IN_USE").asInt()).isEqualTo(1 + 6 * 3);
        assertThat(page.path("blockers").findValuesAsText("environmentId"))
                .filteredOn(first.path("environmentId").asText()::equals)
                .hasSize(5);
        assertThat(page.path("counts").path("IN_USE").asInt()).isEqualTo(ENVIRONMENTS * 19);
    }

    @Test
    void usersComeInShortPages() throws Exception {
        assertThat(JSON.readTree(get(API + "?limit=200")).path("users")).hasSize(100);
    }

    @Test
    void aQuestionIsAShortPageWhoeverItConcerns() throws Exception {
        String form = "lines=" + URLEncoder.encode(REVOKED, StandardCharsets.UTF_8);
        String type = "application/x-www-form-urlencoded";
        assertThat(words(post("/whatif", type, form)))
                .contains(
                        "600 environments would change, in 2 ways.",
                        "600 environments would be deleted unless something is done before",
                        "300 Customer-managed key → Locked",
                        "store-000024",
                        "Next environments")
                .doesNotContain("store-000080");
        assertThat(words(post("/whatif", type, form + "&after=575"))).contains("store-000599");
    }

    @Test
    void everyEnvironmentThatChangesIsOnOnePage() throws Exception {
        Set<String> found = new HashSet<>();
        for (String after : List.of("", "?after=25", "?after=575")) {
            JsonNode answer = JSON.readTree(post("/api/v1/whatif" + after, "text/plain", REVOKED));
            assertThat(answer.path("environments").asInt()).isEqualTo(ENVIRONMENTS);
            assertThat(answer.path("groups").findValuesAsText("environments")).containsExactly("300", "300");
            assertThat(answer.path("deletionCount").asInt()).isEqualTo(ENVIRONMENTS);
            answer.path("changes")
                    .forEach(change -> found.add(change.path("environmentId").asText()));
            assertThat(answer.has("next")).isEqualTo(!after.contains("575"));
        }
        assertThat(found).hasSize(75);
    }
}
