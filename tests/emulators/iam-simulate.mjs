// Reads [{"policies":[policy],"action":"sqs:SendMessage","resource":"arn:...","resourcePolicy":policy or null}], writes ["Allowed"|"ImplicitlyDenied"|...] in the same order.
import { runSimulation } from '@cloud-copilot/iam-simulate'

let input = ''
for await (const chunk of process.stdin) input += chunk

const verdicts = []
for (const { policies, action, resource, resourcePolicy } of JSON.parse(input)) {
  const accountId = '123456789012'
  const answer = await runSimulation({
    request: { principal: `arn:aws:iam::${accountId}:role/function`, action, resource: { resource, accountId }, contextVariables: {} },
    identityPolicies: policies.map((policy, index) => ({ name: `policy-${index}`, policy })),
    resourcePolicy: resourcePolicy ?? undefined,
    serviceControlPolicies: [],
    resourceControlPolicies: [],
  }, {})
  if (answer.resultType === 'error') throw new Error(`${action} on ${resource}: ${JSON.stringify(answer.errors)}`)
  verdicts.push(answer.overallResult)
}

console.log(JSON.stringify(verdicts))
