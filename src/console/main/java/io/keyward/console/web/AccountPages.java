package io.keyward.console.web;

import io.keyward.console.access.ConsoleGate;
import io.keyward.console.access.Login;
import io.keyward.domain.id.TenantId;
import io.keyward.ops.http.Caller;
import io.keyward.ops.http.EndpointRequest;
import io.keyward.ops.http.EndpointResponse;
import io.keyward.ops.http.Route;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// The pages for the account, login and logout.
public record AccountPages(ConsoleGate gate, PageMaker maker) {
    public static List<Route> endpoints(ConsoleGate gate, InstantSource clock) {
        AccountPages pages = new AccountPages(gate, new PageMaker(clock, Optional.empty()));
        return List.of(
                new Route("/account", "who you are", pages::account),
                new Route(Login.BEGIN, "log in", pages::begin).forEverybody(),
                new Route(Login.FINISH, "the redirect address of the login", pages::finish).forEverybody(),
                new Route("POST", "/logout", "log out", pages::logOut).forEverybody());
    }

    private EndpointResponse account(EndpointRequest request) {
        Caller caller = request.caller();
        Optional<List<String>> tenants = caller.tenants()
                .map(some -> some.stream().map(TenantId::value).sorted().toList());
        PageHead head = new PageHead("Your account", "", Optional.empty(), maker.now());
        return maker.page(
                200,
                "account",
                head,
                Map.of(
                        "name", caller.name(),
                        "tenants", tenants,
                        "mayLogOut", gate.hasSession(request)));
    }

    private EndpointResponse begin(EndpointRequest request) {
        return login(login -> login.begin(request.parameter("to").orElse("/")));
    }

    private EndpointResponse finish(EndpointRequest request) {
        return login(login -> login.finish(request));
    }

    private interface Step {
        EndpointResponse take(Login login) throws Login.RefusedException;
    }

    private EndpointResponse login(Step step) {
        try {
            return gate.login().isPresent()
                    ? step.take(gate.login().get())
                    : maker.problem(404, "This console has no login, because no OpenID provider is configured.");
        } catch (Login.RefusedException refused) {
            return maker.problem(403, refused.getMessage());
        }
    }

    private EndpointResponse logOut(EndpointRequest request) {
        return gate.loggedOut(
                request, maker.problem(200, "You are logged out of this console, but not of the OpenID provider."));
    }
}
