import { actions } from "./routing/actions";
import { canary } from "./routing/canary";
import { clientFacts } from "./routing/client-facts";
import { headerChanges } from "./routing/header-changes";
import { hosts } from "./routing/hosts";
import { matches } from "./routing/matches";
import { paths } from "./routing/paths";
import { planAnswers } from "./routing/plan-answers";
import { rateLimits } from "./routing/rate-limits";
import { redirects } from "./routing/redirects";
import { retries } from "./routing/retries";
import { useRouting } from "./routing/routing";
import { timeouts } from "./routing/timeouts";
import { trafficPolicy } from "./routing/traffic-policy";

/** One mesh for all of them, as its start takes longer than most. */
describe("routing", () => {
  const routing = useRouting();
  hosts(routing);
  redirects(routing);
  clientFacts(routing);
  paths(routing);
  headerChanges(routing);
  matches(routing);
  actions(routing);
  planAnswers(routing);
  canary(routing);
  timeouts(routing);
  retries(routing);
  rateLimits(routing);
  trafficPolicy(routing);
});
