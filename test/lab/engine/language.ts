import { LanguageRuntimeService } from "@pulumi/pulumi/proto/language_grpc_pb";
import { GetRequiredPackagesResponse, LanguageHandshakeResponse } from "@pulumi/pulumi/proto/language_pb";
import { PackageDependency, PluginInfo } from "@pulumi/pulumi/proto/plugin_pb";
import { Empty } from "google-protobuf/google/protobuf/empty_pb";
import { pulumi } from "../tools/tools";
import { filled, serve } from "./messages";
import { packages } from "./packages";
import { startServer, type RunningServer } from "./server";

/**
 * The host of Node programs that some commands ask which packages a project uses, `pulumi import` among them.
 * It runs no program: the lab's programs run in sessions of their own.
 */
export function startLanguage(): Promise<RunningServer> {
  return startServer(LanguageRuntimeService, {
    handshake: serve(() => new LanguageHandshakeResponse()),
    getPluginInfo: serve(() => filled(new PluginInfo(), (info) => info.setVersion(pulumi.version))),
    getRequiredPackages: serve(() =>
      filled(new GetRequiredPackagesResponse(), (response) => {
        for (const [name, version] of Object.entries(packages))
          response.addPackages(
            filled(new PackageDependency(), (each) => {
              each.setName(name);
              each.setKind("resource");
              each.setVersion(version);
            }),
          );
      }),
    ),
    cancel: serve(() => new Empty()),
  });
}
