package io.keyward.cli.command;

import static org.assertj.core.api.Assertions.assertThat;

import io.keyward.ops.http.Endpoint;
import io.keyward.ops.http.EndpointRequest;
import io.keyward.ops.http.EndpointResponse;
import io.keyward.ops.http.HttpEndpoint;
import io.keyward.ops.http.HttpFiles;
import io.keyward.ops.http.LocalHttp;
import io.keyward.ops.http.Route;
import io.keyward.testing.Run;
import io.keyward.testing.process.FreePorts;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.function.Function;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/// The commands that ask a console, against a stub that answers whatever the test says.
class AskCommandsTest {
    private static final String KEY = "/api/v1/tenants/{tenant}/keys/{vault}/{key}";
    private static final String EXTENT = "\"asOf\":\"2026-03-05T08:00:00Z\",\"lag\":0,\"complete\":true,\"missing\":[]";
    private static final String USE =
            "{\"tenantId\":\"contoso\",\"vaultUri\":\"https://kv.vault.azure.net\",\"keyName\":\"hr\","
                    + "\"versions\":[],\"users\":[],\"totals\":{\"users\":0}," + EXTENT + "}";

    @TempDir
    private Path folder;

    private final BlockingQueue<EndpointRequest> requests = new LinkedBlockingQueue<>();

    @Test
    void explainTellsTheDecisionWhyAndWhatWouldMendIt() {
        Run run = asked(
                ExplainCommand.class,
                List.of(answering("/api/v1/environments/{tenant}/{environment}", """
                {"tenantId":"contoso","environmentId":"hr","decision":{"tenantId":"contoso","environmentId":"hr",
                "revision":3,"decidedAt":"2026-03-05T08:00:00Z","encryptionState":"LOCKED","policyStatus":"WARNING",
                "key":{"vaultUri":"https://kv.vault.azure.net","keyName":"hr"},"lockedSince":"2026-03-05T08:00:00Z",
                "cause":{"eventType":"KeyRevoked","eventId":"e3","occurredAt":"2026-03-05T08:00:00Z",
                "topic":"cmk.key-revoked","partition":2,"offset":17}},
                "why":[{"rule":"R20","statement":"A revoked key locks.","sentence":"The key was disabled.","events":[]}],
                "warnings":[{"code":"KEY_REVOKED","severity":"CRITICAL","message":"It is locked.",
                "remediation":"Enable the key.","raisedAt":"2026-03-05T08:00:00Z"}],
                "signals":[{"sink":"TENANT_REPORTING","action":"SUPPRESS","effectiveFrom":"2026-03-01T10:00:00Z",
                "gaps":[{"until":"2026-02-01T10:00:00Z"},{"from":"2026-02-10T10:00:00Z","until":"2026-02-11T10:00:00Z"}]}],
                "nextDueDates":[{"at":"2026-03-28T08:00:00Z","sentence":"It will be deleted in 7 days."}],
                "remedy":{"steps":[{"sentence":"Enable the key hr."}],"complete":false,"encryptionState":"RECOVERABLE",
                "policyStatus":"WARNING","remarks":["It must be enabled."]},
                "asOf":"2026-03-05T08:00:00Z","lag":2,"complete":false,"missing":["Partition 3 lags."]}
                """)),
                "contoso/hr");
        assertThat(run.exitCode()).as(run.err()).isZero();
        assertThat(run.out())
                .containsSubsequence(
                        "contoso/hr",
                        "LOCKED (WARNING)",
                        "because of KeyRevoked e3, occurred 2026-03-05 08:00 (cmk.key-revoked-2, offset 17)",
                        "R20 A revoked key locks.",
                        "The key was disabled.",
                        "CRITICAL KEY_REVOKED, since 2026-03-05 08:00",
                        "What to do: Enable the key.",
                        "TENANT_REPORTING, since 2026-03-01 10:00, from the beginning to 2026-02-01 10:00,"
                                + " from 2026-02-10 10:00 to 2026-02-11 10:00",
                        "2026-03-28 08:00  It will be deleted in 7 days.",
                        "1. Enable the key hr.",
                        "It would then be RECOVERABLE (WARNING).",
                        "It must be enabled.",
                        "records not read yet: 2",
                        "Incomplete: Partition 3 lags.");
    }

    @Test
    void explainTellsWhetherItIsReallySo() {
        Run run = asked(
                ExplainCommand.class,
                List.of(answering("/api/v1/environments/{tenant}/{environment}", """
                {"tenantId":"contoso","environmentId":"hr","enforcement":{"evidence":"REPORT","components":[
                {"component":"DATAVERSE","status":"FAILED",
                "desired":{"vaultUri":"https://kv.vault.azure.net","keyName":"hr","keyVersion":"v2"},
                "desiredSince":"2026-03-05T08:00:00Z","lateFrom":"2026-03-06T08:00:00Z",
                "proof":{"revision":4,"decidedAt":"2026-03-05T09:00:00Z","exact":false,"interrupted":true,
                "cause":{"eventType":"EnforcementReported","eventId":"r1","occurredAt":"2026-03-05T09:00:00Z",
                "topic":"cmk.enforcement-reported","partition":2,"offset":17}},
                "items":[{"count":3},{"key":{"vaultUri":"https://kv.vault.azure.net","keyName":"hr","keyVersion":"v2"},"count":5}],
                "failedCount":1,"morePartsThanKept":true,
                "parts":[{"part":"eu","known":true,"latest":{"event":{"eventId":"r2","occurredAt":"2026-03-05T10:00:00Z"},
                "phase":"SUCCEEDED","failedCount":1,"failed":[{"itemId":"table-7","reason":"It is in use."}]}},
                {"part":"us","known":true}]},
                {"component":"CLOUD_FLOWS","status":"ENFORCED","desiredSince":"2026-03-05T08:00:00Z",
                "lateFrom":"2026-03-06T08:00:00Z","proof":{"revision":5,"exact":true,"interrupted":false},
                "items":[],"failedCount":0,"parts":[],"morePartsThanKept":false}]}}
                """)),
                "contoso/hr");
        assertThat(run.exitCode()).as(run.err()).isZero();
        assertThat(run.out())
                .containsSubsequence(
                        "Is it really so?",
                        "DATAVERSE",
                        "FAILED, desired since 2026-03-05 08:00: key kv/hr v2",
                        "Items: 3 under the Microsoft-managed key, 5 under kv/hr v2",
                        "Proven no later than by revision 4 of 2026-03-05 09:00, but a later revision says otherwise.",
                        "by EnforcementReported r1, occurred 2026-03-05 09:00 (cmk.enforcement-reported-2, offset 17)",
                        "Late from 2026-03-06 08:00 on.",
                        "Part eu reported 1 item as failed on 2026-03-05 10:00:",
                        "table-7: It is in use.",
                        "Part us has not reported.",
                        "More parts reported than are remembered",
                        "CLOUD_FLOWS",
                        "ENFORCED, desired since 2026-03-05 08:00: the Microsoft-managed key",
                        "No items are reported.",
                        "Proven since revision 5.")
                .containsOnlyOnce("Late from");
    }

    @Test
    void explainSaysWhereReportsAreNotTakenIntoAccount() {
        String remark = "Reports are kept but not taken into account: the rules ignore them.";
        String answer = """
                {"enforcement":{"evidence":"IGNORE","remark":"%s","components":[%s]}}""";
        String component = """
                {"component":"DATAVERSE","items":[{"count":3}],"failedCount":0,"parts":[],"morePartsThanKept":false}""";
        String path = "/api/v1/environments/{tenant}/{environment}";
        assertThat(asked(
                                ExplainCommand.class,
                                List.of(answering(path, answer.formatted(remark, component))),
                                "contoso/hr")
                        .out())
                .containsSubsequence("Is it really so?", remark, "DATAVERSE", "Items: 3 under");
        assertThat(asked(ExplainCommand.class, List.of(answering(path, answer.formatted(remark, ""))), "contoso/hr")
                        .out())
                .doesNotContain("really");
    }

    @Test
    void keyTellsWhoIsReallyUnderEachVersion() {
        String use = USE.replace("\"users\":[],", """
                "users":[],"enforcement":{"evidence":"REPORT","versions":[{"keyVersion":"v2",
                "environments":{"enforced":3,"notYet":1},"components":{"enforced":20,"notYet":4},
                "statuses":{"ENFORCED":20,"DRIFTED":1,"UNREPORTED":3},"items":812,
                "lag":{"components":20,"medianSeconds":7200,"longestSeconds":172800}}]},""");
        Run run = asked(
                KeyCommand.class,
                List.of(answering(KEY, use), answering(KEY + "/disable", disable(true))),
                "contoso",
                "kv/hr");
        assertThat(run.out())
                .containsSubsequence("Who is really under it", "v2", "3 of 4", "20 of 24", "1", "3", "812", "2 h, 2 d");
    }

    @Test
    void keyTellsHowWellItIsWatchedBesideTheAnswer() {
        String use = USE.replace("\"users\":[],", """
                "users":[],"watch":{"state":"WATCHED","usable":true,"since":"2026-03-01T10:00:00Z",
                "reportedAt":"2026-03-02T10:00:00Z","sentence":"Usable for Keyward.",
                "remarks":["ACCESS_REMOVED stands beside this."]},""");
        Run run = asked(
                KeyCommand.class,
                List.of(answering(KEY, use), answering(KEY + "/disable", disable(true))),
                "contoso",
                "kv/hr");
        assertThat(run.exitCode()).isZero();
        assertThat(run.out())
                .containsSubsequence(
                        "Usable for Keyward. Since 2026-03-01 10:00, as reported 2026-03-02 10:00.",
                        "ACCESS_REMOVED stands beside this.");
        assertThat(asked(
                                KeyCommand.class,
                                List.of(answering(KEY, USE), answering(KEY + "/disable", disable(true))),
                                "contoso",
                                "kv/hr")
                        .out())
                .doesNotContain("watched");
    }

    @Test
    void identifiersArriveAsTheyAreWhateverCharactersTheyHave() throws InterruptedException {
        asked(
                ExplainCommand.class,
                List.of(answering("/api/v1/environments/{tenant}/{environment}", "{}")),
                "con toso?/hr%2F+ä#");
        EndpointRequest request = requests.take();
        assertThat(request.variable("tenant")).isEqualTo("con toso?");
        assertThat(request.variable("environment")).isEqualTo("hr%2F+ä#");
    }

    @ParameterizedTest
    @CsvSource({"true, 0, SAFE: nothing blocks it.", "false, 1, IN_USE contoso/hr: It is in force."})
    void onlyASafeKeyEndsWithZero(boolean safe, int exitCode, String told) {
        Run run = asked(
                KeyCommand.class,
                List.of(answering(KEY, USE), answering(KEY + "/disable", disable(safe))),
                "contoso",
                "kv/hr",
                "--version",
                "v1",
                "--at",
                "2026-04-01T00:00:00Z");
        assertThat(run.exitCode()).as(run.err()).isEqualTo(exitCode);
        assertThat(run.out()).contains(told);
        assertThat(requests)
                .extracting(EndpointRequest::query)
                .containsExactly("", "at=2026-04-01T00%3A00%3A00Z&version=v1");
        assertThat(requests)
                .allSatisfy(request -> assertThat(request.variables())
                        .containsEntry("vault", "kv.vault.azure.net")
                        .containsEntry("key", "hr"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"{}", "{\"safe\":null}", "{\"safe\":\"no\"}", "[]"})
    void anAnswerThatDoesNotSaySafeIsNot(String answer) {
        Run run = asked(
                KeyCommand.class,
                List.of(answering(KEY, USE), answering(KEY + "/disable", answer)),
                "contoso",
                "kv/hr");
        assertThat(run.exitCode()).isEqualTo(1);
    }

    @Test
    void jsonIsWhatTheConsoleAnswers() {
        Run run = asked(
                KeyCommand.class,
                List.of(answering(KEY, USE), answering(KEY + "/disable", disable(true))),
                "contoso",
                "https://kv.vault.azure.net/keys/hr/v1",
                "--json");
        assertThat(run.exitCode()).isZero();
        assertThat(run.out().strip()).isEqualTo("{\"key\":" + USE + ",\"disable\":" + disable(true) + "}");
    }

    @Test
    void aRefusedLineOfWhatIfIsNamedByItsPlace() throws IOException, InterruptedException {
        String policy = "{\"topic\":\"policy-removed\",\"value\":{\"eventId\":\"e\",\"tenantId\":\"contoso\","
                + "\"occurredAt\":\"2026-03-01T10:00:00Z\",\"environmentId\":\"hr\",\"policyId\":\"p\"}}";
        Path events = Files.writeString(folder.resolve("events.jsonl"), "nonsense\n\n" + policy + "\n" + policy + "\n");
        Run run = asked(WhatIfCommand.class, List.of(posted("""
                {"lines":[{"line":1,"outputs":[]},{"line":2,"refusal":{"reason":"INVALID_ID","detail":"policyId is blank."},"outputs":[]}],
                "changes":[{"tenantId":"contoso","environmentId":"hr","before":"CUSTOMER_MANAGED",
                "after":"LOCKED","raised":["KEY_REVOKED"],"cleared":[],"suppressed":[],"allowed":["TENANT_REPORTING"]}],
                "environments":31,"deletionCount":1,
                "deletions":[{"tenantId":"contoso","environmentId":"hr","at":"2026-04-01T10:00:00Z"}],
                "preliminary":["A fan-out is not finished."],"asOf":"2026-03-05T08:00:00Z","lag":0,"missing":[]}
                """)), events.toString());
        assertThat(run.exitCode()).isEqualTo(1);
        assertThat(run.errLines())
                .satisfiesExactly(
                        local -> assertThat(local).startsWith(events + ":1: "),
                        console -> assertThat(console).isEqualTo(events + ":4: INVALID_ID: policyId is blank."));
        assertThat(run.out())
                .containsSubsequence(
                        "31 environments would change. Nothing was written.",
                        "contoso/hr",
                        "CUSTOMER_MANAGED → LOCKED",
                        "raised: KEY_REVOKED",
                        "allowed: TENANT_REPORTING",
                        "… and 30 more; the console's web page lists all.",
                        "2026-04-01 10:00  contoso/hr",
                        "A fan-out is not finished.");
        assertThat(new String(requests.take().body(), StandardCharsets.UTF_8)).isEqualTo(policy + "\n" + policy + "\n");
    }

    @Test
    void withoutAConsoleTheUrlAndWhatToStartAreNamed() {
        String url = "http://127.0.0.1:" + FreePorts.one();
        Run run = Run.of(ExplainCommand.class, "", List.of("contoso/hr", "--url", url));
        assertThat(run.exitCode()).isEqualTo(1);
        assertThat(run.err()).contains("No console answers at " + url, "bin/keyward console", "bin/keyward sandbox");
    }

    @Test
    void whatTheConsoleRefusesIsSaidInItsWords() {
        Run run = asked(
                ExplainCommand.class,
                List.of(stub(
                        "GET",
                        "/api/v1/environments/{tenant}/{environment}",
                        _ -> EndpointResponse.problem(404, "There is no environment hr."))),
                "contoso/hr");
        assertThat(run.exitCode()).isEqualTo(1);
        assertThat(run.err()).contains("There is no environment hr.");
    }

    @Test
    void whatIsNoConsoleIsCalledThat() {
        Run run = asked(
                ExplainCommand.class,
                List.of(stub(
                        "GET", "/api/v1/environments/{tenant}/{environment}", _ -> EndpointResponse.text("<html>"))),
                "contoso/hr");
        assertThat(run.err()).contains("is not a Keyward console");
    }

    @Test
    void theTokenOfTheFileIsSent() throws IOException {
        Path token = Files.writeString(folder.resolve("token"), "0123456789abcdef0123456789abcdef\n");
        HttpFiles closed = new HttpFiles(Optional.empty(), Optional.empty(), Optional.empty(), Optional.of(token));
        try (HttpEndpoint console = HttpEndpoint.start(
                LocalHttp.options(closed), List.of(answering("/api/v1/environments/{tenant}/{environment}", "{}")))) {
            String url = console.uri().toString();
            Run without = Run.of(ExplainCommand.class, "", List.of("contoso/hr", "--url", url));
            assertThat(without.exitCode()).isEqualTo(1);
            assertThat(without.err()).contains("requires a token", "--token-file");
            Run with = Run.of(
                    ExplainCommand.class, "", List.of("contoso/hr", "--url", url, "--token-file", token.toString()));
            assertThat(with.exitCode()).as(with.err()).isZero();
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"console", "ftp://console", "http://", "http://user@console", "http://console?x=1", "http://a b"
            })
    void anAddressThatIsNoneIsWrongUsage(String url) {
        Run run = Run.of(ExplainCommand.class, "", List.of("contoso/hr", "--url", url));
        assertThat(run.exitCode()).isEqualTo(2);
        assertThat(run.err()).contains("is not the address of a console");
    }

    private static String disable(boolean safe) {
        String blockers = safe
                ? "[]"
                : "[{\"code\":\"IN_USE\",\"tenantId\":\"contoso\",\"environmentId\":\"hr\",\"sentence\":\"It is in force.\"}]";
        return "{\"keyVersion\":\"v1\",\"at\":\"2026-04-01T00:00:00Z\",\"safe\":" + safe + ",\"blockers\":" + blockers
                + ",\"counts\":{}," + EXTENT + "}";
    }

    private Run asked(Class<?> command, List<Endpoint> endpoints, String... arguments) {
        try (HttpEndpoint console = HttpEndpoint.start(LocalHttp.options(HttpFiles.NONE), endpoints)) {
            List<String> all = new ArrayList<>(List.of(arguments));
            Stream.of("--url", console.uri() + "/").forEach(all::add);
            return Run.of(command, "", all);
        }
    }

    private Endpoint answering(String path, String json) {
        return stub("GET", path, _ -> new EndpointResponse(200, "application/json", json));
    }

    private Endpoint posted(String json) {
        return stub("POST", "/api/v1/whatif", _ -> new EndpointResponse(200, "application/json", json));
    }

    private Endpoint stub(String method, String path, Function<EndpointRequest, EndpointResponse> answer) {
        return new Route(method, path, "a stub", request -> {
                    requests.add(request);
                    return answer.apply(request);
                })
                .forUnrestricted();
    }
}
