// Lets a key vault and its Azure subscription tell Keyward's intake of changes, by event subscriptions. For the owner of the
// vault; docs/intake.md says what is sent, which rights this takes, and how to check it.
//
//   az deployment group create --resource-group GROUP --template-file intake.bicep \
//     --parameters vaultName=VAULT intakeHost=HOST tenantId=TENANT-ID secret=SECRET
//
// Not compiled by the project's tests. Written by the reference of these types:
//   https://learn.microsoft.com/azure/templates/microsoft.eventgrid/systemtopics/eventsubscriptions
targetScope = 'resourceGroup'

@description('The key vault, in the resource group of this deployment.')
param vaultName string

@description('The region of the vault.')
param location string = resourceGroup().location

@description('The host name of the intake. Its operator gives it to you.')
param intakeHost string

@description('Your tenant id in Keyward. Its operator gives it to you.')
param tenantId string

@description('The secret of your webhook. Its operator gives it to you.')
@secure()
@minLength(16)
param secret string

@description('Whether the address of the webhook carries the secret, too. Only if the handshake is refused without it.')
param secretInAddress bool = false

@description('The system topic of the vault. A vault has only one: if there is one, give its name.')
param systemTopicName string = '${vaultName}-events'

@description('Whether changes of role assignments, vaults and enterprise policies in the Azure subscription are sent, too.')
param resourceEvents bool = true

@description('The system topic of the Azure subscription, which has only one: if there is one, give its name.')
param resourceTopicName string = 'keyward-resources'

@description('The storage account that keeps the events that could not be delivered. Empty: they are dropped.')
param deadLetterStorageAccountId string = ''

@description('The container for these events. It must exist.')
param deadLetterContainer string = 'keyward-dead-letters'

var webhook = 'https://${intakeHost}/intake/eventgrid/${uriComponent(tenantId)}'
var secretQuery = secretInAddress ? '?code=${uriComponent(secret)}' : ''

var destination = {
  endpointType: 'WebHook'
  properties: {
    endpointUrl: '${webhook}${secretQuery}'
    deliveryAttributeMappings: [
      {
        name: 'Authorization'
        type: 'Static'
        properties: {
          value: 'Bearer ${secret}'
          isSecret: true
        }
      }
    ]
  }
}

// The longest that Event Grid tries.
var retries = {
  maxDeliveryAttempts: 30
  eventTimeToLiveInMinutes: 1440
}

var undelivered = empty(deadLetterStorageAccountId) ? null : {
  endpointType: 'StorageBlob'
  properties: {
    resourceId: deadLetterStorageAccountId
    blobContainerName: deadLetterContainer
  }
}

resource vault 'Microsoft.KeyVault/vaults@2023-07-01' existing = {
  name: vaultName
}

resource systemTopic 'Microsoft.EventGrid/systemTopics@2022-06-15' = {
  name: systemTopicName
  location: location
  properties: {
    source: vault.id
    topicType: 'Microsoft.KeyVault.vaults'
  }
}

resource subscription 'Microsoft.EventGrid/systemTopics/eventSubscriptions@2022-06-15' = {
  parent: systemTopic
  name: 'keyward'
  properties: {
    eventDeliverySchema: 'CloudEventSchemaV1_0'
    filter: {
      includedEventTypes: [
        'Microsoft.KeyVault.KeyNewVersionCreated'
        'Microsoft.KeyVault.KeyNearExpiry'
        'Microsoft.KeyVault.KeyExpired'
        'Microsoft.KeyVault.VaultAccessPolicyChanged'
      ]
    }
    destination: destination
    retryPolicy: retries
    deadLetterDestination: undelivered
  }
}

resource resourceTopic 'Microsoft.EventGrid/systemTopics@2022-06-15' = if (resourceEvents) {
  name: resourceTopicName
  location: 'global'
  properties: {
    source: az.subscription().id
    topicType: 'Microsoft.Resources.Subscriptions'
  }
}

resource resourceSubscription 'Microsoft.EventGrid/systemTopics/eventSubscriptions@2022-06-15' = if (resourceEvents) {
  parent: resourceTopic
  name: 'keyward'
  properties: {
    eventDeliverySchema: 'CloudEventSchemaV1_0'
    filter: {
      includedEventTypes: [
        'Microsoft.Resources.ResourceWriteSuccess'
        'Microsoft.Resources.ResourceDeleteSuccess'
        'Microsoft.Resources.ResourceActionSuccess'
      ]
      // Others would name people who do something else in the subscription.
      advancedFilters: [
        {
          operatorType: 'StringBeginsWith'
          key: 'data.operationName'
          values: [
            'Microsoft.Authorization/roleAssignments/'
            'Microsoft.KeyVault/vaults/'
            'Microsoft.KeyVault/managedHSMs/'
            'Microsoft.PowerPlatform/enterprisePolicies/'
          ]
        }
      ]
    }
    destination: destination
    retryPolicy: retries
    deadLetterDestination: undelivered
  }
}

@description('Where events are sent.')
output webhookAddress string = webhook
