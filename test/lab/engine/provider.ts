import type * as grpc from "@grpc/grpc-js";
import { Empty } from "google-protobuf/google/protobuf/empty_pb";
import { PluginInfo } from "@pulumi/pulumi/proto/plugin_pb";
import { ResourceProviderService } from "@pulumi/pulumi/proto/provider_grpc_pb";
import * as pb from "@pulumi/pulumi/proto/provider_pb";
import { randomBytes } from "node:crypto";
import { isDeepStrictEqual } from "node:util";
import { awsFunctions } from "./aws";
import { completed, difference, refusals, unknown } from "./checks";
import type { Cloud } from "./cloud";
import { construct } from "./construct";
import type { Faults } from "./faults";
import { nameOf, typeOf, type Call, type Journal } from "./journal";
import { forcesPatches, providerReplacements, releaseType } from "./kubernetes";
import { filled, plain, serve, struct } from "./messages";
import { at, type Properties } from "./resource-type";
import { startServer, type RunningServer } from "./server";

/** What the stand-ins of all packages share. */
export interface World {
  readonly cloud: Cloud;
  readonly journal: Journal;
  readonly faults: Faults;
  /** What `eks.Cluster` hands out, where a cluster is real. */
  readonly kubeconfig?: string | undefined;
  /** Variables that a person sets before the commands. */
  readonly env: Readonly<Record<string, string>>;
}

/** A stand-in for a package's provider, as an engine attaches to it with PULUMI_DEBUG_PROVIDERS. */
export function startProvider(world: World, version: string): Promise<RunningServer> {
  return startServer(ResourceProviderService, methods(world, version));
}

function methods(world: World, version: string): grpc.UntypedServiceImplementation {
  const { cloud, journal, faults } = world;
  const during = <Result>(method: Call["method"], urn: string, work: () => Result | Promise<Result>) =>
    journal.note(method, urn, (call) => faults.around(call, work));
  return {
    getPluginInfo: serve(() => filled(new PluginInfo(), (info) => info.setVersion(version))),
    getSchema: serve(() => filled(new pb.GetSchemaResponse(), (schema) => schema.setSchema("{}"))),
    checkConfig: serve((request: pb.CheckRequest) =>
      filled(new pb.CheckResponse(), (response) => response.setInputs(request.getNews())),
    ),
    diffConfig: serve((request: pb.DiffRequest) => diffConfig(plain(request.getOldInputs()), plain(request.getNews()))),
    configure: serve((request: pb.ConfigureRequest) => {
      const { defaultTags } = plain(request.getArgs());
      if (typeof defaultTags === "string") cloud.defaultTags = at(JSON.parse(defaultTags), "tags") as Properties;
      return configured();
    }),
    invoke: serve((request: pb.InvokeRequest) => invoke(request.getTok())),
    check: serve((request: pb.CheckRequest) => during("check", request.getUrn(), () => check(cloud, request))),
    diff: serve((request: pb.DiffRequest) => during("diff", request.getUrn(), () => diff(cloud, request))),
    create: serve((request: pb.CreateRequest) =>
      request.getPreview()
        ? previewed(cloud, request)
        : during("create", request.getUrn(), () => create(world, request)),
    ),
    update: serve((request: pb.UpdateRequest) =>
      request.getPreview()
        ? previewedUpdate(cloud, request)
        : during("update", request.getUrn(), () => update(world, request)),
    ),
    read: serve((request: pb.ReadRequest) => during("read", request.getUrn(), () => read(cloud, request))),
    delete: serve((request: pb.DeleteRequest) => during("delete", request.getUrn(), () => remove(cloud, request))),
    construct: serve((request: pb.ConstructRequest) =>
      request.getDryrun()
        ? construct(request, world.kubeconfig)
        : during("construct", urnOf(request), () => construct(request, world.kubeconfig)),
    ),
    cancel: serve(() => new Empty()),
    attach: serve(() => new Empty()),
  };
}

/** A component has no URN until it registers itself. */
function urnOf(request: pb.ConstructRequest): string {
  const [stack, project, type = ""] = request.getParent().split("::").slice(-4);
  return [stack, project, `${type}$${request.getType()}`, request.getName()].join("::");
}

/** Who constructs components must take secrets, resources and outputs. */
function configured(): pb.ConfigureResponse {
  return filled(new pb.ConfigureResponse(), (response) => {
    response.setSupportspreview(true);
    response.setAcceptsecrets(true);
    response.setAcceptresources(true);
    response.setAcceptoutputs(true);
  });
}

function diffConfig(before: Properties, after: Properties): pb.DiffResponse {
  return filled(new pb.DiffResponse(), (response) => {
    response.setReplacesList(providerReplacements(before, after));
    response.setChanges(
      JSON.stringify(before) === JSON.stringify(after)
        ? pb.DiffResponse.DiffChanges.DIFF_NONE
        : pb.DiffResponse.DiffChanges.DIFF_SOME,
    );
  });
}

function invoke(token: string): pb.InvokeResponse {
  const result = awsFunctions[token];
  if (!result) throw new Error(`The lab's providers have no function ${token}: describe it in aws.ts.`);
  return filled(new pb.InvokeResponse(), (response) => response.setReturn(struct(result)));
}

function check(cloud: Cloud, request: pb.CheckRequest): pb.CheckResponse {
  const type = cloud.type(typeOf(request.getUrn()));
  const before = request.getOlds();
  // The engine's seed: a preview and the update after it agree on a name.
  const suffix =
    Buffer.from(request.getRandomseed_asU8()).toString("hex").slice(0, 7) || randomBytes(4).toString("hex").slice(0, 7);
  const given = plain(request.getNews());
  const tagged = type.taggable
    ? { ...given, tagsAll: { ...cloud.defaultTags, ...(given.tags as Properties | undefined) } }
    : given;
  const inputs = completed(type, nameOf(request.getUrn()), tagged, before && plain(before), suffix);
  return filled(new pb.CheckResponse(), (response) => {
    response.setInputs(struct(inputs));
    response.setFailuresList(
      refusals(type, inputs).map(({ property, reason }) =>
        filled(new pb.CheckFailure(), (failure) => {
          failure.setProperty(property);
          failure.setReason(reason);
        }),
      ),
    );
  });
}

function diff(cloud: Cloud, request: pb.DiffRequest): pb.DiffResponse {
  const { changed, replaces, oldFirst } = difference(
    cloud.type(typeOf(request.getUrn())),
    plain(request.getOldInputs()),
    plain(request.getNews()),
  );
  return filled(new pb.DiffResponse(), (response) => {
    response.setChanges(
      changed.length > 0 ? pb.DiffResponse.DiffChanges.DIFF_SOME : pb.DiffResponse.DiffChanges.DIFF_NONE,
    );
    response.setReplacesList([...replaces]);
    // Where only the program asks for a replacement, with replaceOnChanges, it says which goes first, too.
    response.setDeletebeforereplace(oldFirst && replaces.length > 0);
    response.setHasdetaileddiff(true);
    for (const path of changed) {
      const replaced = replaces.some((each) => path === each || path.startsWith(`${each}.`));
      response.getDetaileddiffMap().set(
        path,
        filled(new pb.PropertyDiff(), (one) =>
          one.setKind(replaced ? pb.PropertyDiff.Kind.UPDATE_REPLACE : pb.PropertyDiff.Kind.UPDATE),
        ),
      );
    }
  });
}

/** In a preview nobody knows what the cloud will add. */
function previewed(cloud: Cloud, request: pb.CreateRequest): pb.CreateResponse {
  const inputs = plain(request.getProperties());
  const added = Object.keys(cloud.type(typeOf(request.getUrn())).outputs?.(inputs, unknown) ?? {}).filter(
    (key) => !(key in inputs),
  );
  return filled(new pb.CreateResponse(), (response) =>
    response.setProperties(struct({ ...inputs, ...Object.fromEntries(added.map((key) => [key, unknown])) })),
  );
}

/** What there was stays known in a preview, but for what the update itself counts on. */
function previewedUpdate(cloud: Cloud, request: pb.UpdateRequest): pb.UpdateResponse {
  const type = cloud.type(typeOf(request.getUrn()));
  const [before, inputs] = [plain(request.getOlds()), plain(request.getNews())];
  const kept = Object.entries(type.updated?.(before) ?? {}).map(([key, value]) => [
    key,
    isDeepStrictEqual(value, before[key]) ? value : unknown,
  ]);
  return filled(new pb.UpdateResponse(), (response) =>
    response.setProperties(
      struct({ ...inputs, ...type.outputs?.(inputs, request.getId()), ...(Object.fromEntries(kept) as Properties) }),
    ),
  );
}

function create({ cloud, env }: World, request: pb.CreateRequest): pb.CreateResponse {
  const upsert = env.PULUMI_K8S_UPSERT_EXISTING_OBJECTS === "true";
  const { id, outputs } = cloud.create(request.getUrn(), plain(request.getProperties()), { upsert });
  return filled(new pb.CreateResponse(), (response) => {
    response.setId(id);
    response.setProperties(struct(outputs));
  });
}

function update({ cloud, env }: World, request: pb.UpdateRequest): pb.UpdateResponse {
  const inputs = plain(request.getNews());
  const force = forcesPatches(inputs) || env.PULUMI_K8S_ENABLE_PATCH_FORCE === "true";
  const { outputs } = cloud.update(typeOf(request.getUrn()), request.getId(), inputs, { force });
  return filled(new pb.UpdateResponse(), (response) => response.setProperties(struct(outputs)));
}

function read(cloud: Cloud, request: pb.ReadRequest): pb.ReadResponse {
  const type = typeOf(request.getUrn());
  // An import knows nothing but the id.
  const known = Object.keys(plain(request.getProperties())).length > 0;
  const object = known ? cloud.find(type, request.getId()) : cloud.findImported(type, request.getId());
  // Without an id the engine takes it for gone.
  if (!object) return new pb.ReadResponse();
  return filled(new pb.ReadResponse(), (response) => {
    response.setId(object.id);
    response.setProperties(struct(object.outputs));
    response.setInputs(struct(object.inputs));
  });
}

function remove(cloud: Cloud, request: pb.DeleteRequest): Empty {
  const type = typeOf(request.getUrn());
  cloud.delete(type, request.getId());
  if (type === releaseType) cloud.uninstall(request.getId());
  return new Empty();
}
