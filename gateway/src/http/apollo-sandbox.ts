import type { ApolloServerPlugin } from '@apollo/server';
import { ApolloServerPluginLandingPageDisabled } from '@apollo/server/plugin/disabled';
import { ApolloServerPluginLandingPageLocalDefault } from '@apollo/server/plugin/landingPage/default';
import { firstDocument } from './first-document.js';
import type { GatewayContext } from '../types/request.js';

/** The page at /graphql: Apollo Sandbox, which is loaded from Apollo's servers, or nothing. */
export function landingPage(isOpen: boolean): ApolloServerPlugin<GatewayContext> {
  if (!isOpen) return ApolloServerPluginLandingPageDisabled();
  return ApolloServerPluginLandingPageLocalDefault({
    footer: false,
    document: firstDocument,
    // Embedded, its requests come from our own page: no cross-origin rules apply.
    embed: { runTelemetry: false, endpointIsEditable: false },
  });
}
