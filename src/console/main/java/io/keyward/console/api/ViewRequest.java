package io.keyward.console.api;

import io.keyward.console.answer.DeadlineList;
import io.keyward.console.answer.DisableAnswer;
import io.keyward.console.answer.DisableQuestion;
import io.keyward.console.answer.EnvironmentAnswer;
import io.keyward.console.answer.EnvironmentList;
import io.keyward.console.answer.KeyAnswer;
import io.keyward.console.answer.KeyList;
import io.keyward.console.answer.KeyQuery;
import io.keyward.console.answer.LockedKeyList;
import io.keyward.console.answer.Questions;
import io.keyward.console.answer.SearchAnswer;
import io.keyward.console.answer.TenantAnswer;
import io.keyward.console.answer.TenantList;
import io.keyward.console.answer.TimelineAnswer;
import io.keyward.console.replica.Deadline;
import io.keyward.console.replica.DeadlineQuery;
import io.keyward.console.replica.EnvironmentQuery;
import io.keyward.console.replica.ReplicaView;
import io.keyward.domain.decision.EncryptionState;
import io.keyward.domain.decision.PolicyStatus;
import io.keyward.domain.decision.WarningCode;
import io.keyward.domain.id.KeyId;
import io.keyward.domain.id.KeyReference;
import io.keyward.domain.id.TenantId;
import io.keyward.ops.http.BadRequestException;
import io.keyward.ops.http.EndpointRequest;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/// The parameters of a request with the view that answers it, for the queries that the API and the pages share.
///
/// A list about a tenant that no event has named, or that the caller may not see, throws [NotFoundException]: an
/// empty list could be mistaken for an answer.
public final class ViewRequest extends Parameters {
    private final ReplicaView view;
    private final Questions questions;

    /// @throws BadRequestException if the query has a parameter more than once
    public ViewRequest(ReplicaView view, Questions questions, EndpointRequest request) {
        super(request);
        this.view = view;
        this.questions = questions;
    }

    public ReplicaView view() {
        return view;
    }

    public Questions questions() {
        return questions;
    }

    /// The same request for another page of its list.
    ViewRequest page(Optional<String> after, int limit) {
        String filters = Arrays.stream(request().query().split("&"))
                .filter(pair -> !pair.startsWith("after="))
                .collect(Collectors.joining("&"));
        String afterParameter = after.map(cursor -> "&after=" + URLEncoder.encode(cursor, StandardCharsets.UTF_8))
                .orElse("");
        return new ViewRequest(view, questions, request().withQuery(filters + "&limit=" + limit + afterParameter));
    }

    /// The tenant in the parameter `tenant`; empty if the list is about all.
    Optional<TenantId> listed() {
        Optional<TenantId> tenant =
                parse("tenant", "the id of a tenant", TenantId::new).map(this::allowed);
        tenant.flatMap(id -> questions.whyUnknown(view, id)).ifPresent(why -> {
            throw new NotFoundException(why);
        });
        return tenant;
    }

    /// The environments that the parameters select.
    ///
    /// @param key a key among the applications of each environment; empty for any
    public EnvironmentList environments(Optional<KeyId> key, int limit) {
        return questions.environments(
                view,
                new EnvironmentQuery(
                        listed(),
                        constant("state", EncryptionState.class),
                        constant("status", PolicyStatus.class),
                        constant("warning", WarningCode.class),
                        key,
                        text("q"),
                        text("after"),
                        limit));
    }

    public KeyList keys(int limit) {
        return questions.keys(
                view,
                new KeyQuery(listed(), vault(), constant("standing", KeyList.Standing.class), text("after"), limit));
    }

    public TenantList tenants(int limit) {
        return questions.tenants(view, constant("state", EncryptionState.class), text("after"), limit);
    }

    public DeadlineList deadlines(Instant from, Instant before, int limit) {
        Optional<Deadline.Kind> kind = constant("kind", Deadline.Kind.class);
        return questions.deadlines(view, new DeadlineQuery(listed(), kind, from, before, text("after"), limit));
    }

    public LockedKeyList lockedKeys(int limit) {
        return questions.lockedKeys(view, listed(), text("after"), limit);
    }

    public EnvironmentList locked(int limit) {
        return questions.locked(view, listed(), keyOfTenant(), text("after"), limit);
    }

    /// Finds everything whose name contains the text.
    ///
    /// @param text not blank
    /// @param limit the maximum number of hits of each kind
    public SearchAnswer search(String text, int limit) {
        Set<SearchAnswer.Kind> kinds = constant("kind", SearchAnswer.Kind.class)
                .map(Set::of)
                .orElseGet(() -> EnumSet.allOf(SearchAnswer.Kind.class));
        return questions.search(view, text, kinds, limit);
    }

    /// The environment in the path; empty if no event has named it.
    public Optional<EnvironmentAnswer> aboutEnvironment() {
        return questions.environment(view, tenant(), environment());
    }

    /// What was published about the environment in the path; empty if no event has named it.
    public Optional<TimelineAnswer> timeline(int limit) {
        return questions.timeline(view, tenant(), environment(), text("before"), limit);
    }

    /// The tenant in the path.
    ///
    /// @throws NotFoundException if no event has named it
    public TenantAnswer aboutTenant() {
        return questions
                .tenant(view, tenant())
                .orElseThrow(() -> new NotFoundException(
                        questions.whyUnknown(view, tenant()).orElseThrow()));
    }

    /// The key in the path; empty if no event of the tenant has named it.
    public Optional<KeyAnswer> aboutKey(int limit) {
        return questions.key(view, tenant(), key(), optionalEnvironment("after"), limit);
    }

    /// Whether the key in the path may be disabled; empty if no event of the tenant has named it.
    ///
    /// @param after the name of the parameter with the cursor of the previous page of environments
    public Optional<DisableAnswer> disable(String after, int limit) {
        KeyReference key = new KeyReference(key(), optionalVersion());
        Instant moment = time("at").orElseGet(questions::now);
        return questions.disable(view, tenant(), new DisableQuestion(key, moment, text(after), limit));
    }
}
