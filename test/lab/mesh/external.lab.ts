import assert from "node:assert/strict";
import type { Host } from "../cluster/host";
import { startInternet } from "./external/internet";
import { useMesh } from "./use-mesh";

describe("probe", () => {
  const mesh = useMesh("external.yaml", async (started) => {
    await startInternet(started);
    await started.outside("ledger", "198.51.100.24", 5432);
    await started.outside("agent", "169.254.170.23", 80);
    await started.install();
  });
  it("x", async () => {
    const pod = async (app: string, ns = "shop") => mesh().application(await mesh().kubelet.ready(ns, { app }));
    const caller: Host = await pod("caller");
    const scoped: Host = await pod("scoped");
    await new Promise((r) => setTimeout(r, 3000));
    for (const n of ["scoped", "scoped.shop", "scoped.shop.svc.cluster.local", "kubernetes.default", "api.example.org", "nobody.example.org", "kube-dns.kube-system"]) console.log(n, await caller.lookup(n), await (await pod("outsider", "bare")).lookup(n));
    const show = (a: any) => `${a.status ?? ""} ${a.error ?? ""} ${(a.text ?? "").slice(0, 230)} ${Math.round(a.milliseconds)}`;
    for (const [who, h] of [["caller", caller], ["scoped", scoped]] as const) {
    for (const n of ["api", "other", "geo", "borrowed", "forged", "a.parts", "parts", "c.maps", "borrowed.maps", "nobody.parts"]) console.log(who, "http", n, show(await h.call({ host: `${n}.example.org`, port: 80 })));
    for (const n of ["store", "pay", "other", "b.vaults", "api"]) console.log(who, "tls", n, show(await h.call({ host: `${n}.example.org`, port: 443, tls: { ca: mesh().authority.certificate } })));
    console.log(who, "http other 8080", show(await h.call({ host: `other.example.org`, port: 8080 })));
    console.log(who, "ledger", show(await h.call({ host: "ledger.example.org", address: "198.51.100.24", port: 5432 })));
    console.log(who, "agent", show(await h.call({ host: "x", address: "169.254.170.23", port: 80 })));
    console.log(who, "imds", show(await h.call({ host: "x", address: "169.254.169.254", port: 80 })));
    }
  });
});
